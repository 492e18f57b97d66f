"""The time agreed has passed and nobody of ours is there: its customer hears so at that minute, not when somebody comes or moves it.

Note [Late, not missed]. A crew may stand at the door with a phone that has no signal, and say so later, as of when it came. So the
appointment stands until somebody knows, and ``appointment.late`` ends no clock; what becomes of it is told by bookings.py.

The rows are taken in the order in which a crew's own step takes them: visit, timeline, booking. Whoever comes second looks again.
"""

import logging
from datetime import datetime

from django.db import transaction

from accounts.actors import System
from casework.operations import StaleRow, Step, amend

from ..models import Booking
from ..queries import slots as reads
from . import bookings

log = logging.getLogger(__name__)
BY = System("fieldwork.appointments")
#: Appointments that one run tells of; the next run goes on.
BATCH = 200


def note_overdue(*, at: datetime, limit: int = BATCH) -> int:
    """Say of each appointment whose end has passed with nobody at the door that it is late, once; how many. Any number may run at once."""
    told = skipped = 0
    # Who was told is no longer among them; one that cannot be told stays, and the next customer comes after it.
    while told < limit and (page := list(reads.overdue(at)[skipped : skipped + limit - told])):
        noted = sum(_note(booking, at) for booking in page)
        told, skipped = told + noted, skipped + len(page) - noted
    return told


def _note(booking: Booking, at: datetime) -> bool:
    try:
        _note_one(booking, at)
    except StaleRow:
        log.info("appointment went on meanwhile")
        return False
    except Exception as error:  # noqa: BLE001 - whatever ails one appointment, the next customer must hear of theirs
        log.error("appointment is late and not told", extra={"booking": booking.pk, "error": type(error).__name__})
        return False
    return True


@transaction.atomic
def _note_one(booking: Booking, at: datetime) -> None:
    visit = booking.visit
    amend(visit, fields={}, steps=[Step("appointment.late", bookings.facts_of(booking, visit))], by=BY, at=at)
    if not Booking.objects.standing().filter(pk=booking.pk, late_at=None).update(late_at=at):
        raise StaleRow
