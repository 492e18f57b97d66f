"""What follows for the one-time notice: whoever is accepted is told everything at once."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event

from .operations import notices
from .queries.applications import application_on


def tell_once(event: Event, at: datetime) -> None:
    """An application was accepted."""
    if application := application_on(event.timeline_id):
        notices.give_first(application=application, at=at)


NOTICE_REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {"connection.accepted": (tell_once,)}
