"""Other systems hear of events: owed in the transaction that records them, sent later. And letters are forgotten with their case."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from casework.models import Case, Effect, Event, Timeline
from casework.registry import Batch, Listener, Reaction

from . import operations
from .operations import announcement_sending


def tell_subscribers(timeline: Timeline, events: Sequence[Event]) -> None:
    """Owe each event to whoever subscribed to it."""
    operations.owe_events(timeline=timeline, events=events)


def forget_words(event: Event, at: datetime) -> None:
    """Personal data of a case was erased: what was written about it goes too."""
    case = Case.objects.get(timeline=event.timeline_id)
    operations.forget_matter(reference=case.reference, since=case.opened_at)


def give_up(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    """An announcement was called off: what it still owed is given up, a portion at a time; the others come round again in a moment."""
    return [effect.pk for effect in effects if announcement_sending.clear(announcement=effect.payload["announcement"])]


REACTIONS: Mapping[str, Sequence[Reaction]] = {"case.erased": (forget_words,)}
BATCHES: Mapping[str, Batch] = {announcement_sending.TOPIC: give_up}
LISTENERS: Sequence[Listener] = (tell_subscribers,)
