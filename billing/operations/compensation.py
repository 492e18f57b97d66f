"""The price of a broken promise, in the ledger: our cost, the customer's credit."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

import notices.operations
import sla.operations.compensation
from accounts.actors import System
from sla.models import Compensation

from ..models import Book, Posting
from .ledger import Line, post

_BY = System("compensation")


@transaction.atomic
def credit(*, compensation: int, at: datetime) -> Posting | None:
    """Credit what is owed (more, when we are late with it) and tell the customer; None when it is owed no more.

    Its status is the guard: it moves in the same transaction, and only once.
    """
    row = Compensation.objects.select_for_update(no_key=True, of=("self",)).select_related("account__customer").get(pk=compensation)
    if row.status != Compensation.Status.OWED or row.account is None:
        return None
    amount = sla.operations.compensation.payable(compensation=row, at=at)
    lines = [Line(Book.COMPENSATION, amount, account=row.account), Line(Book.CREDIT, -amount, account=row.account)]
    posting = post(Posting.Kind.COMPENSATION, lines, by=_BY, at=at)
    sla.operations.compensation.note_paid(compensation=row, amount=amount, by=_BY, at=at)
    notices.operations.owe_to_customer(
        kind="compensation",
        key=f"compensation:{row.pk}",
        customer=row.account.customer,
        context={
            "company": settings.COMPANY["name"],
            "hotline": settings.COMPANY["hotline"],
            "amount": amount,
            "currency": settings.CURRENCY,
            "account": row.account.number,
        },
        at=at,
    )
    return posting
