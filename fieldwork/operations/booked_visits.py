"""Visits with a time: put to a crew when the slot comes near, not before; and the day before, customers reminded, and stewards warned
of what does not fit their day.

Note [Asked once]. A visit is put to crews by itself once for each agreed time. What a crew then declines, or lets lapse, goes to the
next best like any other; what a dispatcher takes back or a crew gives back is a dispatcher's.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ..models import Booking
from ..queries import slots as reads
from . import appointment_letters, dispatching, in_person

log = logging.getLogger(__name__)
#: Appointments that one run looks at; the next run goes on.
BATCH = 200


def offer_booked(*, at: datetime, limit: int = BATCH) -> int:
    """Ask the best crews for the visits whose slot begins soon; how many were looked at. Any number may run at once."""
    seen: list[int] = []
    while len(seen) < limit and _offer_one(at, seen):
        pass
    return len(seen)


def remind(*, at: datetime) -> int:
    """Remind customers of their appointments of tomorrow, each once; how many there are. One that cannot be written holds up no other."""
    due: Sequence[Booking] = list(reads.of_tomorrow(at))
    for booking in due:
        try:
            with transaction.atomic():
                appointment_letters.remind(booking=booking, at=at)
                in_person.warn(booking=booking, at=at)
        except Exception as error:  # noqa: BLE001 - whatever ails one letter, the others must go
            log.error("no reminder", extra={"booking": booking.pk, "error": type(error).__name__})
    return len(due)


@transaction.atomic
def _offer_one(at: datetime, seen: list[int]) -> bool:
    """Whether there was one that had not been seen in this run."""
    waiting = reads.to_offer(at, seen=seen).select_for_update(skip_locked=True, no_key=True, of=("self",))
    booking = waiting.first()
    if booking is None:
        return False
    seen.append(booking.pk)
    try:
        with transaction.atomic():
            held_elsewhere = dispatching.ask_next(visits={booking.visit_id}, at=at)
            if not held_elsewhere:
                booking.offered_at = at
                booking.save(update_fields=["offered_at"])
    except Exception as error:  # noqa: BLE001 - whatever ails one visit, the next one must be offered
        log.error("booked visit was not offered", extra={"visit": booking.visit_id, "error": type(error).__name__})
    return True
