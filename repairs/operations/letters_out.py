"""Write about a repair: what we promised, who comes, that it is done. None of it is a reply: only people reply."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import formats, timezone, translation

import notices.operations
import sla.queries.roster
from accounts.models import Staff
from casework.models import Case, Event, Urgency
from fieldwork.models import Booking, Visit
from sla.models import Clock

from ..models import Repair
from ..states import RepairStatus

#: The promise of the reporter's that a letter names: when somebody is at the door.
_ARRIVAL = Q(version__promise__key__in=["T06", "T07"])


def say_received(*, repair: Repair, event: Event, at: datetime) -> None:
    """Reference, code and when somebody comes; in danger also what to do until then."""
    case = repair.case
    language = notices.operations.language_of(case)
    # Of what was set aside nobody can say yet when somebody comes.
    arrival = {} if case.status == RepairStatus.HELD else _arrival(case, language)
    more = {
        "is_held": "1" if case.status == RepairStatus.HELD else "",
        "is_emergency": "1" if case.urgency == Urgency.EMERGENCY else "",
        "is_outside": "1" if "outside_area" in repair.reasons else "",
        **arrival,
    }
    _tell(case, "repair_received", event, more, at)


def say_coming(*, repair: Repair, event: Event, at: datetime) -> None:
    """A crew has it: what to ask at the door. Who follows another report is not visited, and has heard so."""
    visit = Visit.objects.filter(pk=event.facts.get("visit"), case=repair.case).first()
    if visit is not None:
        _tell(repair.case, "repair_coming", event, {"visit_code": visit.visit_code}, at)


def say_finished(*, repair: Repair, event: Event, at: datetime) -> None:
    """Whom to tell if something is still wrong."""
    _tell(repair.case, "repair_finished", event, {}, at)


def say_nobody_home(*, repair: Repair, event: Event, at: datetime) -> None:
    """We were there; another time is a call away. Where a time was agreed, the letter about it says so."""
    booking = Booking.objects.filter(visit=event.facts.get("visit"), release_reason=Booking.Ending.NOBODY_HOME)
    if not booking.exists():
        _tell(repair.case, "repair_no_access", event, {}, at)


def tell_dispatchers(*, case: Case, kind: str, at: datetime, link: str = "/staff/repairs/") -> None:
    """Somebody must look before a crew goes; a flood of these comes as one digest."""
    people = sla.queries.roster.roster_at(at).told("dispatcher", hall=case.hall_id, owner=None)
    staff = list(Staff.objects.filter(pk__in=people).select_related("user"))
    notices.operations.owe_to_staff(kind=kind, key=f"{kind}:{case.pk}", staff=staff, context=_context(case), at=at, link=link, group=kind)


def _tell(case: Case, kind: str, event: Event, more: Mapping[str, str], at: datetime) -> None:
    key, context = f"{kind}:{case.pk}:{event.seq}", {**_context(case), **more}
    is_safety = case.urgency == Urgency.EMERGENCY
    notices.operations.owe_to_asker(kind=kind, key=key, case=case, context=context, at=at, is_safety=is_safety)


def _arrival(case: Case, language: str) -> dict[str, str]:
    clock = Clock.objects.filter(_ARRIVAL, timeline=case.timeline_id).order_by("pk").first()
    if clock is None:
        return {"due": "", "aim": ""}
    with translation.override(language):
        return {"due": _moment(clock.due_at), "aim": _moment(clock.target_at)}


def _moment(moment: datetime | None) -> str:
    return formats.date_format(timezone.localtime(moment), "H:i") if moment else ""


def _context(case: Case) -> dict[str, Any]:
    numbers = {name: settings.COMPANY[name] for name in ("hotline", "elsewhere")}
    return {**notices.operations.words_about(case), **numbers}
