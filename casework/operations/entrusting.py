"""Name who sees to a matter besides whoever has it in hand: a better-qualified person, for customers who come first (T36, T41).

Whom, the room decides that looks after customers by name.
"""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Staff

from .. import permissions
from ..models import Case
from .events import Step, record


@transaction.atomic
def entrust(*, case: Case, to: Staff | None, by: Actor, at: datetime) -> bool:
    """From now on this person sees to it, or nobody by name; whether that is anything new. Raises AboutThemselves, Forbidden."""
    permissions.check_may_assign(by, at=at)
    if to is not None:
        permissions.check_not_about(to, case, at=at)
    held = Case.objects.select_for_update(no_key=True).only("pk", "named").get(pk=case.pk)
    if held.named_id == (to.pk if to else None):
        return False
    # Not a new version of the case: whoever works on it need not look again because somebody watches beside them.
    Case.objects.filter(pk=case.pk).update(named=to)
    case.named = to
    record(timeline_id=case.timeline_id, steps=[Step("case.entrusted", {"named": to.pk if to else None})], by=by, at=at)
    return True
