"""Who hears of an extension: those who may decide, whoever asked, and the customer, who is owed the new moment."""

from datetime import datetime
from typing import Any

import notices.operations
from accounts.models import Staff
from casework import accusations
from casework.models import Case
from notices.models import Channel

from ..models import Extension
from ..queries.policies import policies_at
from ..queries.roster import roster_at
from ..titles import Title


def ask_approvers(*, extension: int, at: datetime) -> None:
    """Tell those who may decide about a wish."""
    row = _row(extension)
    told = roster_at(at).without(accusations.accused_on(row.timeline_id, at)).told(row.approver_role, hall=row.clock.hall_id, owner=None)
    people = list(Staff.objects.filter(pk__in=told).exclude(pk=row.asked_by_id))
    context = _context(row, at)
    notices.operations.owe_to_staff(kind="extension_asked", key=f"extension:{row.pk}:asked", staff=people, context=context, at=at)


def tell_asker(*, extension: int, at: datetime) -> None:
    """Tell whoever asked what was decided."""
    row = _row(extension)
    context = {**_context(row, at), "is_approved": row.status == Extension.Status.APPROVED, "decision": row.decision}
    key = f"extension:{row.pk}:decided"
    notices.operations.owe_to_staff(kind="extension_decided", key=key, staff=[row.asked_by], context=context, at=at)


def tell_customer(*, extension: int, at: datetime) -> None:
    """Tell the customer the new moment: the account's holder the way they chose, a passer-by by the phone they left."""
    row = _row(extension)
    case = Case.objects.select_related("account__customer").filter(timeline=row.timeline_id).first()
    if case is None:
        return
    key, context = f"extension:{row.pk}:customer", _context(row, at)
    if case.account is not None:
        notices.operations.owe_to_customer(kind="promise_extended", key=key, customer=case.account.customer, context=context, at=at)
    elif case.contact_phone.startswith("+"):
        notices.operations.owe(
            kind="promise_extended",
            key=key,
            context=context,
            at=at,
            channel=Channel.SMS,
            address=case.contact_phone,
            language=case.language,
        )


def _row(key: int) -> Extension:
    return Extension.objects.select_related("clock", "asked_by").get(pk=key)


def _context(row: Extension, at: datetime) -> dict[str, Any]:
    case = Case.objects.filter(timeline=row.timeline_id).only("reference").first()
    policy = policies_at(at).version(row.clock.version_id)
    return {
        "title": Title(policy),
        "promise": policy.key,
        "reference": case.reference if case else "",
        "due_at": row.due_at,
        "was_due_at": row.was_due_at,
        "reason": row.get_reason_display(),
        "explanation": row.explanation,
    }
