"""What the rules forbid unless another person agrees: less than 48 hours' notice, gas on at night."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.models import User
from casework.operations import Step, amend, record

from .. import outage_permissions
from ..models import Outage, OutageWish
from ..queries.outage_matters import matter_of
from ..queries.outage_wishes import open_wish
from .outage_refusals import AlreadyAsked, BadPlan, NothingToDecide


@transaction.atomic
def ask_exception(*, outage: Outage, what: str, reason: str, by: User, at: datetime) -> OutageWish:
    """Ask another person to agree. Raises Forbidden, NotStaff, BadPlan, AlreadyAsked."""
    outage_permissions.check_may_plan(by, at=at)
    if not reason.strip():
        raise BadPlan("reason", _("Say why, in a few words."))
    if outage.is_over or (what == OutageWish.What.SHORT_NOTICE and (outage.is_accident or outage.is_under_way)):
        raise BadPlan("note", _("There is nothing to agree to here."))
    if open_wish(outage, what) is not None:
        raise AlreadyAsked
    staff = accounts.queries.current_staff(by)
    wish = OutageWish.objects.create(outage=outage, what=what, reason=reason.strip()[:300], asked_by=staff, asked_at=at)
    step = Step("outage.exception_asked", {"wish": wish.pk, "what": what, "owner": staff.pk})
    record(timeline_id=outage.timeline_id, steps=[step], by=by, at=at)
    return wish


@transaction.atomic
def approve_exception(*, wish: OutageWish, decision: str, by: User, at: datetime) -> OutageWish:
    """Agree; it holds for the plan as it is now. Raises Forbidden, NothingToDecide, StaleRow."""
    outage = wish.outage
    staff = _decide(wish, decision, by, at, is_approved=True)
    prefix = "emergency" if wish.what == OutageWish.What.SHORT_NOTICE else "night"
    fields: dict[str, Any] = {f"{prefix}_reason": wish.reason, f"{prefix}_approved_by": staff}
    amend(outage, fields=fields, steps=[], by=by, at=at)
    steps = [Step("outage.exception_approved", {"wish": wish.pk, "what": wish.what})]
    if wish.what == OutageWish.What.SHORT_NOTICE:
        # It is no plan any more but an emergency: of that customers hear at once, not two days before.
        steps.append(Step("interruption.made_urgent", matter_of(outage)))
    record(timeline_id=outage.timeline_id, steps=steps, by=by, at=at)
    return wish


@transaction.atomic
def refuse_exception(*, wish: OutageWish, decision: str, by: User, at: datetime) -> OutageWish:
    """Do not agree, with a sentence. Raises Forbidden, NothingToDecide, BadPlan."""
    if not decision.strip():
        raise BadPlan("decision", _("Say why not, in a few words."))
    _decide(wish, decision, by, at, is_approved=False)
    step = Step("outage.exception_refused", {"wish": wish.pk, "what": wish.what})
    record(timeline_id=wish.outage.timeline_id, steps=[step], by=by, at=at)
    return wish


def _decide(wish: OutageWish, decision: str, by: User, at: datetime, *, is_approved: bool) -> Any:
    outage_permissions.check_may_decide(by, wish, at=at)
    staff = accounts.queries.current_staff(by)
    said = {"decided_by": staff, "decided_at": at, "is_approved": is_approved, "decision": decision.strip()[:300]}
    if wish.outage.is_over or not OutageWish.objects.filter(pk=wish.pk, decided_at=None).update(**said):
        raise NothingToDecide
    for name, value in said.items():
        setattr(wish, name, value)
    return staff
