"""The files of a case, the oldest first."""

from django.db.models import QuerySet

from ..models import Attachment, Case


def files_of(case: Case) -> QuerySet[Attachment]:
    """All that are still there, for staff."""
    return case.attachments.filter(erased_at=None).order_by("at", "pk")


def files_from_customer(case: Case) -> QuerySet[Attachment]:
    """What the customer sent, for the customer: what staff put there is theirs."""
    return files_of(case).filter(is_from_customer=True)
