"""What time does when something happens: clocks listen at once; what fired alarms demand is carried out in batches by the drain."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from casework.models import Effect, Event
from casework.registry import Batch

from .operations import compensation, escalations, extension_letters, extensions, keeping, listening, moving, sweeping


def escalate(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    """Many fired alarms at once."""
    return escalations.escalate(effects=effects, at=at)


def compensate(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    """Clocks of promises with a price were written: what they broke costs something, what they did not break after all nothing."""
    compensation.follow(clocks=[int(effect.key.partition(":")[0]) for effect in effects], at=at)
    return ()


def recompute(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    """A year is known now that clocks had to guess; those effects wait that have more to do."""
    return [effect.pk for effect in effects if moving.solve_guesses(effect=effect, at=at)]


def ask_approvers(event: Event, at: datetime) -> None:
    """Somebody asked for more time."""
    extension_letters.ask_approvers(extension=event.facts["extension"], at=at)


def tell_asker(event: Event, at: datetime) -> None:
    """It was decided."""
    extension_letters.tell_asker(extension=event.facts["extension"], at=at)


def tell_customer(event: Event, at: datetime) -> None:
    """It takes longer than promised."""
    extension_letters.tell_customer(extension=event.facts["extension"], at=at)


def forget_words(event: Event, at: datetime) -> None:
    """Personal data of a case was erased: what was written about its promises goes too."""
    extensions.forget_words(timeline=event.timeline_id)


REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "extension.ask": (ask_approvers,),
    "extension.approve": (tell_asker,),
    "extension.refuse": (tell_asker,),
    "case.extended": (tell_customer,),
    "case.erased": (forget_words,),
}
LISTENERS = (listening.follow,)
#: Safety first.
BATCHES: Mapping[str, Batch] = {
    sweeping.SAFETY_TOPIC: escalate,
    sweeping.TOPIC: escalate,
    keeping.COMPENSATE_TOPIC: compensate,
    moving.RECOMPUTE_TOPIC: recompute,
}
