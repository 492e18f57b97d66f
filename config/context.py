"""What every template may say about the operator, and about a clock that does not show the real time."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from accounts.clock import course, real_now


def company(request: HttpRequest) -> dict[str, object]:
    return {"company": settings.COMPANY, "currency": settings.CURRENCY}


def demonstration(request: HttpRequest) -> dict[str, object]:
    """The demonstration clock for the strip on top of every page; None where time is real."""
    try:
        running = course()
        shown = running and {"now": running.reckon(real_now()), "speed": running.speed, "zone": settings.TIME_ZONE}
    except DatabaseError:  # the page that says so must not fail for want of a clock
        shown = None
    return {"demonstration": shown}
