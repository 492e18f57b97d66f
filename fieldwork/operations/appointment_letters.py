"""What customers hear of their appointments: agreed, moved, given up, tomorrow, late, and when one of us was not there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import notices.operations
from casework.models import Case, Event

from ..models import Booking, Visit, VisitPurpose

#: An event -> the letter that tells it.
_LETTERS: Mapping[str, str] = {
    "appointment.agreed": "appointment_agreed",
    "appointment.cancelled": "appointment_cancelled",
    "appointment.late": "appointment_late",
    "appointment.missed": "appointment_missed",
    "appointment.nobody_home": "appointment_nobody_home",
}


def tell(*, event: Event, at: datetime) -> None:
    """What an event of an appointment means to its customer; nothing where another time was agreed since."""
    booking = _booking(event.facts["booking"])
    is_another = event.verb == "appointment.agreed" and "instead" in event.facts
    kind = "appointment_moved" if is_another else _LETTERS[event.verb]
    if kind in {"appointment_agreed", "appointment_moved"}:
        if booking.released_at is None:
            _tell(booking, kind, at)
    elif kind == "appointment_late":
        if booking.released_at is None and booking.visit.arrived_at is None:
            _tell(booking, kind, at)
    elif not _is_overtaken(booking):
        _tell(booking, kind, at)


def _is_overtaken(booking: Booking) -> bool:
    """Another time was agreed since; or we missed it and are there now, or said so when it passed: that needs no further letter."""
    is_missed = booking.release_reason == Booking.Ending.MISSED
    is_known = is_missed and (booking.visit.arrived_at is not None or booking.late_at is not None)
    return is_known or Booking.objects.filter(visit=booking.visit, pk__gt=booking.pk).exists()


def remind(*, booking: Booking, at: datetime) -> None:
    """Tomorrow we come."""
    _tell(booking, "appointment_reminder", at)


def _booking(key: int) -> Booking:
    return Booking.objects.select_related("visit__case__account__customer").get(pk=key)


def _tell(booking: Booking, kind: str, at: datetime) -> None:
    case = booking.visit.case
    if case is not None:
        notices.operations.owe_to_asker(kind=kind, key=f"{kind}:{booking.pk}", case=case, context=_context(booking, case), at=at)


def _context(booking: Booking, case: Case) -> dict[str, Any]:
    return {
        **notices.operations.words_about(case),
        "what": VisitPurpose(booking.purpose).label,
        "is_coming": "1" if booking.visit.status == Visit.Status.ON_THE_WAY else "",
        "starts": booking.starts_at,
        "until": booking.ends_at,
    }
