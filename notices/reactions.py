"""Other systems hear of events: owed in the transaction that records them, sent later."""

from collections.abc import Sequence

from casework.models import Event, Timeline
from casework.registry import Listener

from . import operations


def tell_subscribers(timeline: Timeline, events: Sequence[Event]) -> None:
    """Owe each event to whoever subscribed to it."""
    operations.owe_events(timeline=timeline, events=events)


LISTENERS: Sequence[Listener] = (tell_subscribers,)
