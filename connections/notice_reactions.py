"""What follows for the one-time notice: whoever is accepted is told everything at once."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event

from .models import Application
from .operations import notices


def tell_once(event: Event, at: datetime) -> None:
    """An application was accepted."""
    found = Application.objects.select_related("case__timeline", "case__account__customer", "policy")
    application = found.filter(case__timeline=event.timeline_id).first()
    if application is not None:
        notices.give_first(application=application, at=at)


NOTICE_REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {"connection.accepted": (tell_once,)}
