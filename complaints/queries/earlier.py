"""What was complained about before."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import Account
from casework.models import Case

from ..models import Answer, Complaint
from ..states import ComplaintStatus

#: How far back a complaint about the same thing makes this one a repeated one.
BACK = timedelta(days=365)


def earlier_ones(
    *, about: str, account: Account | None, phone: str, about_case: Case | None, at: datetime, but_for: int | None = None
) -> QuerySet[Complaint]:
    """Complaints of the last year about the same matter: the same case, or the same kind of wrong done to the same customer.

    A withdrawn one does not count. Without account, phone and case nobody knows whose matter it is, and there are none.
    """
    same = Q(case__account=account) if account else Q(pk=None)
    if phone:
        same |= Q(case__contact_phone=phone)
    alike = Q(about=about) & same
    if about_case is not None:
        alike |= Q(about_case=about_case)
    found = Complaint.objects.filter(alike, case__opened_at__gt=at - BACK, case__opened_at__lte=at)
    return found.exclude(case__status=ComplaintStatus.CANCELLED).exclude(pk=but_for).order_by("case__opened_at", "pk")


def who_handled(case: Case) -> list[int]:
    """Keys of the staff who had a case in hand, looked into it or answered it: whom a complaint about it is about."""
    found = {case.owner_id, *case.transfers.filter(outcome="accepted").values_list("answered_by", flat=True)}
    found |= set(Answer.objects.filter(case=case).values_list("by", flat=True))
    request = getattr(case, "general_request", None)
    if request is not None:
        found.add(request.answered_by_id)
    return sorted(key for key in found if key is not None)
