"""What stewards are told, whoever of them is here, and what applicants hear of theirs."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

import notices.operations
import sla.queries.roster
from accounts.models import Staff
from casework.models import Case, Event
from sla.roster import OWNER

from ..models import Application, Stewardship

#: Where a steward finds what is theirs.
PORTFOLIO = "/staff/connections/mine/"


def tell_steward(*, stewardship: Stewardship, at: datetime) -> None:
    """That an application is theirs now; who stands in hears it instead while they are away."""
    case = stewardship.application.case
    _tell(stewardship.staff_id, "connection_yours", f"steward:{stewardship.pk}", notices.operations.words_about(case), at, link=_link(case))


def say_nobody(*, application: Application, at: datetime) -> None:
    """That an application has no steward: to whoever supervises."""
    case = application.case
    staff = _people(sla.queries.roster.roster_at(at).told("supervisor", hall=case.hall_id, owner=None))
    kind = "connection_no_steward"
    context = notices.operations.words_about(case)
    notices.operations.owe_to_staff(kind=kind, key=f"{kind}:{case.pk}", staff=staff, context=context, at=at, link=_link(case), group=kind)


def tell_of_desk(*, steward: Staff, files: int, key: str, at: datetime) -> None:
    """How many applications came at once, of a colleague who left or passed them on: one word, not one for each."""
    _tell(steward.pk, "connection_desk", key, {"files": files}, at, link=PORTFOLIO)


def tell_deputy(*, deputy: Staff, files: int, key: str, at: datetime) -> None:
    """That they stand in from now on, and for how many applications."""
    context = {"files": files}
    notices.operations.owe_to_staff(kind="connection_cover", key=key, staff=[deputy], context=context, at=at, link=PORTFOLIO)


def tell_applicant(*, stewardship: Stewardship, at: datetime) -> None:
    """Who looks after their application from now on."""
    case, staff = stewardship.application.case, stewardship.staff
    context = {**notices.operations.words_about(case), "steward": staff.name, "number": staff.number, "phone": phone_of(staff)}
    notices.operations.owe_to_asker(kind="connection_steward", key=f"steward:{stewardship.pk}:asker", case=case, context=context, at=at)


def pass_on(*, application: Application, event: Event, kind: str, at: datetime) -> None:
    """What came for an application, to its steward or who stands in; not what they did themselves. Many at once are one digest."""
    owner, case = application.case.owner, application.case
    if owner is None:
        return
    people = _people(sla.queries.roster.roster_at(at).told(OWNER, hall=None, owner=owner.pk))
    told = [one for one in people if one.user.actor_label != event.by]
    key, context = (
        f"{kind}:{case.pk}:{event.seq}",
        {**notices.operations.words_about(case), "what": event.verb.removeprefix("appointment.")},
    )
    notices.operations.owe_to_staff(kind=kind, key=key, staff=told, context=context, at=at, link=_link(case), group=kind)


def phone_of(staff: Staff) -> str:
    """Where a steward is reached: at their hall, else at the company's office."""
    return (staff.hall.phone if staff.hall else "") or settings.COMPANY["office_phone"]


def _tell(owner: int, kind: str, key: str, context: dict[str, object], at: datetime, *, link: str) -> None:
    present = sla.queries.roster.roster_at(at).told(OWNER, hall=None, owner=owner)
    notices.operations.owe_to_staff(kind=kind, key=key, staff=_people(present), context=context, at=at, link=link)


def _people(keys: Iterable[int]) -> list[Staff]:
    return list(Staff.objects.filter(pk__in=list(keys)).select_related("user"))


def _link(case: Case) -> str:
    return reverse("casework:case", args=[case.reference])
