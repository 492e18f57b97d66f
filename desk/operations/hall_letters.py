"""What people hear of their appointments at halls: booked, moved, given up, taken away by us, tomorrow, in two hours."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

import notices.operations
from casework import references
from casework.models import Event
from notices.models import Channel

from ..appointment_links import address_of
from ..models import HallAppointment, HallAppointmentQuerySet, HallService
from ..queries.hall_appointments import to_remind_of_today, to_remind_of_tomorrow, whole
from ..queries.hall_times import alternatives
from ..states import HallAppointmentStatus

log = logging.getLogger(__name__)
S = HallAppointmentStatus
#: A letter -> the status in which it is still true.
_HOLDS = {"hall_booked": S.BOOKED, "hall_moved": S.BOOKED, "hall_cancelled": S.CANCELLED, "hall_displaced": S.DISPLACED}
BATCH = 200


def tell(*, kind: str, event: Event, at: datetime) -> None:
    """What a step means to whoever comes; nothing where it has been overtaken since."""
    one = whole().get(pk=event.facts["appointment"]) if "appointment" in event.facts else whole().get(timeline=event.timeline_id)
    if one.status == _HOLDS[kind]:
        _tell(one, kind, f"{kind}:{one.pk}:{event.seq}", at, _instead(one, at) if kind == "hall_displaced" else {})


def remind(*, at: datetime) -> int:
    """Remind people of tomorrow and of the coming two hours, each once; how many. One that cannot be written holds up no other."""
    tomorrow = _remind_each(to_remind_of_tomorrow(at), "hall_tomorrow", "day_reminder_at", at)
    return tomorrow + _remind_each(to_remind_of_today(at), "hall_soon", "hours_reminder_at", at)


def _remind_each(due: HallAppointmentQuerySet, kind: str, column: str, at: datetime) -> int:
    rows: Sequence[HallAppointment] = list(due[:BATCH])
    for one in rows:
        try:
            with transaction.atomic():
                # Another time may be chosen meanwhile: then there is nothing to remind of.
                if HallAppointment.objects.filter(pk=one.pk, version=one.version, **{column: None}).update(**{column: at}):
                    _tell(one, kind, f"{kind}:{one.pk}:{one.version}", at)
        except Exception as error:  # noqa: BLE001 - whatever ails one letter, the others must go
            log.error("no reminder", extra={"appointment": one.pk, "error": type(error).__name__})
    return len(rows)


def _tell(one: HallAppointment, kind: str, key: str, at: datetime, more: Mapping[str, Any] | None = None) -> None:
    """To the phone that was left, in the language of the page; else the way the customer of the account chose."""
    context = {**_context(one), **(more or {})}
    customer = one.account.customer if one.account else None
    if one.phone:
        language = one.language or (customer.language if customer else "")
        notices.operations.owe(kind=kind, key=key, context=context, at=at, channel=Channel.SMS, address=one.phone, language=language)
    elif customer is not None:
        notices.operations.owe_to_customer(kind=kind, key=key, customer=customer, context=context, at=at)


def _instead(one: HallAppointment, at: datetime) -> Mapping[str, Any]:
    return {"instead": [free.starts_at for free in alternatives(one.hall, one.minutes, one.starts_at, at)]}


def _context(one: HallAppointment) -> dict[str, Any]:
    return {
        "company": settings.COMPANY["name"],
        "phone": settings.COMPANY["office_phone"],
        "hall": one.hall.name,
        "address": one.hall.address,
        "what": HallService.Kind(one.service).label,
        "starts": one.starts_at,
        "reference": references.grouped(one.reference),
        "link": address_of(one.pk),
    }
