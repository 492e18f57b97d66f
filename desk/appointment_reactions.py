"""What follows when an appointment at a hall is made or changes: a word to whoever comes."""

from collections.abc import Callable, Mapping
from datetime import datetime

from accounts.actors import System
from casework.models import Case, Event

from .operations import hall_forgetting, hall_letters

_FORGETTING = System("appointments.erasing")


def say_booked(event: Event, at: datetime) -> None:
    """The time, the place, and the way back to it."""
    hall_letters.tell(kind="hall_booked", event=event, at=at)


def say_moved(event: Event, at: datetime) -> None:
    """Another time."""
    hall_letters.tell(kind="hall_moved", event=event, at=at)


def say_cancelled(event: Event, at: datetime) -> None:
    """The time is given up."""
    hall_letters.tell(kind="hall_cancelled", event=event, at=at)


def say_displaced(event: Event, at: datetime) -> None:
    """We took the time away: sorry, and what is free instead."""
    hall_letters.tell(kind="hall_displaced", event=event, at=at)


def forget_who_came(event: Event, at: datetime) -> None:
    """The personal data of a case is erased."""
    case = Case.objects.filter(timeline=event.timeline_id).first()
    if case is not None:
        hall_forgetting.erase_of_case(case=case, by=_FORGETTING, at=at)


REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "hall_appointment.booked": (say_booked,),
    "hall_appointment.rebook": (say_moved,),
    "hall_appointment.cancel": (say_cancelled,),
    "hall_appointment.displace": (say_displaced,),
    "case.erased": (forget_who_came,),
}
