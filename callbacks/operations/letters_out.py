"""What customers and our own people are told about follow-ups."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation

import notices.operations
import sla.queries.roster
from accounts.models import Staff
from casework import kinds
from casework.accusations import accused_in
from casework.models import Case
from notices.models import Topic
from sla.roster import OWNER

from ..models import FollowUp


def send_link(*, follow_up: FollowUp, link: str, at: datetime) -> None:
    """How did it go? With an address to answer at."""
    case = follow_up.case
    with translation.override(notices.operations.language_of(case)):
        what = str(kinds.kind(case.kind).label)
        until = formats.date_format(timezone.localtime(follow_up.link_until), "SHORT_DATE_FORMAT")
    context = {"company": settings.COMPANY["name"], "what": what, "link": link, "until": until}
    key = f"callback_link:{follow_up.pk}:{follow_up.version}"
    notices.operations.owe_to_asker(kind="callback_link", key=key, case=case, context=context, at=at, topic=Topic.SURVEYS)


def tell_supervisors(*, follow_up: FollowUp, at: datetime) -> None:
    """A customer is not satisfied: whoever supervises hears it at once, many in one digest."""
    context = {"score": follow_up.score or 0, "is_settled": "1" if follow_up.settled else ""}
    _tell(follow_up, "callback_dissatisfied", "supervisor", context, at)


def tell_of_wrong_number(*, follow_up: FollowUp, at: datetime) -> None:
    """The number we hold is not the customer's: whoever looks after the case hears it, else a supervisor."""
    _tell(follow_up, "callback_wrong_number", OWNER if follow_up.case.owner_id else "supervisor", {}, at)


def tell_named(*, case: Case, staff: Staff, at: datetime) -> None:
    """Somebody sees to this matter by name from now on, or for a colleague who is away."""
    key = f"care_matter:{case.pk}:{staff.pk}"
    _tell_of_case("care_matter", key, case, [staff], at)


def tell_of_nobody(*, case: Case, at: datetime) -> None:
    """Nobody who is here is qualified for a matter of somebody who comes first: a supervisor hears it once, unless it is about them."""
    people = sla.queries.roster.roster_at(at).without(accused_in(case, at)).told("supervisor", hall=case.hall_id, owner=None)
    staff = list(Staff.objects.filter(pk__in=people).select_related("user").order_by("pk"))
    _tell_of_case("care_nobody", f"care_nobody:{case.pk}", case, staff, at)


def _tell_of_case(kind: str, key: str, case: Case, staff: Sequence[Staff], at: datetime) -> None:
    context, link = notices.operations.words_about(case), reverse("casework:case", args=[case.reference])
    notices.operations.owe_to_staff(kind=kind, key=key, staff=staff, context=context, at=at, link=link, group=kind)


def _tell(follow_up: FollowUp, kind: str, role: str, more: Mapping[str, object], at: datetime) -> None:
    case = follow_up.case
    people = sla.queries.roster.roster_at(at).told(role, hall=case.hall_id, owner=case.owner_id)
    staff = list(Staff.objects.filter(pk__in=people).select_related("user").order_by("pk"))
    context = {**notices.operations.words_about(case), **more}
    link = reverse("callbacks:follow_up", args=[follow_up.pk])
    key = f"{kind}:{follow_up.pk}"
    notices.operations.owe_to_staff(kind=kind, key=key, staff=staff, context=context, at=at, link=link, group=kind)
