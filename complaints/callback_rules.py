"""Every complaint is called back about (CMP-03, T31, T73): by nobody who handled it or whom it names; by letter where an office sent it."""

from collections.abc import Collection

from accounts.roles import Role
from casework.callback_rules import LETTER, PHONE, CallbackRule
from casework.models import Case

from .models import Answer, Complaint, Inquiry
from .queries.earlier import who_handled
from .reception_callbacks import RECEPTION_CALLBACKS
from .states import COMPLAINT


def who_worked(case: Case) -> Collection[int]:
    """Who looked into it, who answered, which department said what it found; and whom it names."""
    named = Complaint.objects.filter(case=case, accused__isnull=False).values_list("accused__staff", flat=True)
    answered = Answer.objects.filter(case=case).values_list("by", flat=True)
    return {*who_handled(case), *named, *answered, *_asked(case)}


def way(case: Case) -> str:
    """What came as a petition or over government is written to, everybody else is rung (CAL-05)."""
    found = Complaint.objects.filter(case=case).first()
    return LETTER if found is not None and found.is_answered_by_letter else PHONE


def _asked(case: Case) -> Collection[int]:
    found = Inquiry.objects.filter(complaint=case.pk, answered_by__isnull=False)
    return found.values_list("answered_by", flat=True)


CALLBACKS = (
    CallbackRule(kind=COMPLAINT.kind, who_worked=who_worked, way=way, department=Role.COMPLAINT_ROUTER),
    *RECEPTION_CALLBACKS,
)
