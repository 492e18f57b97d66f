"""Other systems hear of events: owed in the transaction that records them, sent later. And letters are forgotten with their case."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from casework.models import Case, Event, Timeline
from casework.registry import Listener, Reaction

from . import operations


def tell_subscribers(timeline: Timeline, events: Sequence[Event]) -> None:
    """Owe each event to whoever subscribed to it."""
    operations.owe_events(timeline=timeline, events=events)


def forget_words(event: Event, at: datetime) -> None:
    """Personal data of a case was erased: what was written about it goes too."""
    case = Case.objects.get(timeline=event.timeline_id)
    operations.forget_matter(reference=case.reference, since=case.opened_at)


REACTIONS: Mapping[str, Sequence[Reaction]] = {"case.erased": (forget_words,)}
LISTENERS: Sequence[Listener] = (tell_subscribers,)
