"""A problem heard in a call back goes to the department at once (T78): a case of its own, with the clocks of every case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Role
from casework.callback_rules import rules
from casework.models import Case, Channel, GeneralRequest
from casework.operations import Opening, Step, Target, open_request, record, transfer
from casework.states import GENERAL_REQUEST

from ..models import FollowUp, Problem


@transaction.atomic
def pass_on(*, follow_up: FollowUp, text: str, department: str = "", by: Actor, at: datetime) -> Problem:
    """Open a case for what is wrong and offer it to a department (a role), which has five minutes to take it (T70).

    Without a department it is the one in charge of cases of that kind. What came by a link nobody can offer: it waits in the hall's
    list, and a supervisor is told. Joins the caller's transaction.
    """
    case = follow_up.case
    rule = rules().get(case.kind)
    wanted = department or (rule.department if rule else "") or Role.SUPERVISOR
    words = text.strip() or _("Asked how it went, the customer said that it is not settled.")
    opening = Opening(
        kind=GENERAL_REQUEST.kind,
        subject="",
        channel=Channel.PHONE if isinstance(by, User) else Channel.WEB,
        split_from=case,
        **{name: getattr(case, name) for name in ("account", "premises", "contact_name", "contact_phone", "language", "hall", "asker")},
    )
    part: Case = open_request(opening=opening, topic=GeneralRequest.Topic.SERVICE, text=words, by=by, at=at).case
    if isinstance(by, User):
        note = _("Heard in a call back about %(reference)s.") % {"reference": case.reference}
        transfer(case=part, to=Target(role=wanted, note=note), by=by, at=at)
    told = Step("callback.problem_told", {"follow_up": follow_up.pk, "part": part.pk, "department": str(wanted)})
    record(timeline_id=case.timeline_id, steps=[told], by=by, at=at)
    return Problem.objects.create(follow_up=follow_up, case=part, department=wanted, at=at)
