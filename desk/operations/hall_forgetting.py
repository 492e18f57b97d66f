"""Forget who came. Hall, time, service and what became of it remain, for figures."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import notices.operations
from accounts.actors import Actor
from casework.models import Case
from casework.operations import Step, amend
from casework.operations.answers import erase_answers

from .. import permissions
from ..models import HallAppointment
from ..queries.hall_appointments import to_forget
from ..states import HallAppointmentStatus
from .hall_booking import facts_of

_BLANK: dict[str, Any] = {"name": "", "phone": "", "note": "", "user": None, "account": None}
BATCH = 500


class StillToCome(Exception):
    """Somebody has still to be received."""

    def __init__(self) -> None:
        super().__init__(_("This appointment is still to come. Give it up first."))


@transaction.atomic
def erase(*, appointment: HallAppointment, by: Actor, at: datetime) -> HallAppointment:
    """Blank whose it was, and what we wrote about it. Raises StillToCome, StaleRow, Forbidden."""
    permissions.check_may_erase(by, at=at)
    if appointment.status in {HallAppointmentStatus.BOOKED, HallAppointmentStatus.DISPLACED}:
        raise StillToCome
    _erase(appointment, by, at)
    return appointment


@transaction.atomic
def erase_of_case(*, case: Case, by: Actor, at: datetime) -> None:
    """The personal data of a case is erased: so is that of the appointments about it. Safe to repeat."""
    for one in HallAppointment.objects.filter(case=case, forgotten_at=None).order_by("pk"):
        _erase(one, by, at)


def forget_old(*, at: datetime, most: int = BATCH) -> int:
    """Blank what is older than HALL_APPOINTMENTS_KEPT_DAYS; how many. The next run goes on."""
    keys: Sequence[int] = list(to_forget(at - timedelta(days=settings.HALL_APPOINTMENTS_KEPT_DAYS))[:most])
    return HallAppointment.objects.filter(pk__in=keys).update(**_BLANK, forgotten_at=at)


def _erase(appointment: HallAppointment, by: Actor, at: datetime) -> None:
    fields = {**_BLANK, "forgotten_at": at}
    amend(appointment, fields=fields, steps=[Step("hall_appointment.erased", facts_of(appointment))], by=by, at=at)
    erase_answers(about=appointment.reference)
    notices.operations.forget_matter(reference=appointment.reference, since=appointment.made_at)
