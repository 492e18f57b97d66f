"""The price of a broken promise, in the ledger: our cost, the customer's credit; and back when it was not broken after all."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

import notices.operations
import sla.operations.compensation
import sla.operations.taking_back
from accounts.actors import System
from accounts.models import Account
from sla.models import Compensation

from ..models import Book, Posting
from .ledger import Line, post

_BY = System("compensation")


@transaction.atomic
def credit(*, compensation: int, at: datetime) -> Posting | None:
    """Credit what is owed (more, when we are late with it) and tell the customer; None when it is owed no more.

    Its status is the guard: it moves in the same transaction, and only once.
    """
    row = _held(compensation)
    if row.status != Compensation.Status.OWED or row.account is None:
        return None
    amount = sla.operations.compensation.payable(compensation=row, at=at)
    lines = [Line(Book.COMPENSATION, amount, account=row.account), Line(Book.CREDIT, -amount, account=row.account)]
    posting = post(Posting.Kind.COMPENSATION, lines, by=_BY, at=at)
    sla.operations.compensation.note_paid(compensation=row, amount=amount, by=_BY, at=at)
    _write("compensation", row, account=row.account, amount=amount, at=at)
    return posting


@transaction.atomic
def take_back(*, compensation: int, at: datetime) -> Posting | None:
    """Reverse what was credited for a promise that was not broken after all, and tell the customer; None when it stands or is reversed.

    Raises Posting.DoesNotExist when the ledger has no such credit: a person must look.
    """
    row = _held(compensation)
    if row.status != Compensation.Status.PAID or row.account is None or not sla.operations.taking_back.is_void(compensation=row, at=at):
        return None
    amount, credited = row.paid, _credited(row, row.account)
    lines = [Line(Book.CREDIT, amount, account=row.account), Line(Book.COMPENSATION, -amount, account=row.account)]
    posting = post(Posting.Kind.COMPENSATION_BACK, lines, by=_BY, at=at, reverses=credited)
    sla.operations.taking_back.note_taken_back(compensation=row, by=_BY, at=at)
    _write("compensation_back", row, account=row.account, amount=amount, at=at)
    return posting


def _held(key: int) -> Compensation:
    return Compensation.objects.select_for_update(no_key=True, of=("self",)).select_related("account__customer").get(pk=key)


def _credited(row: Compensation, account: Account) -> Posting:
    """The posting of this compensation: of two that are alike in everything either will do."""
    alike = Posting.objects.filter(kind=Posting.Kind.COMPENSATION, reversed_by=None)
    return alike.filter(entries__book=Book.CREDIT, entries__account=account, entries__amount=-row.paid).earliest("pk")


def _write(kind: str, row: Compensation, *, account: Account, amount: int, at: datetime) -> None:
    context: dict[str, Any] = {
        "company": settings.COMPANY["name"],
        "hotline": settings.COMPANY["hotline"],
        "amount": amount,
        "currency": settings.CURRENCY,
        "account": account.number,
    }
    # One that was withdrawn and is owed again is another letter.
    key = f"{kind}:{row.pk}:{row.version}"
    notices.operations.owe_to_customer(kind=kind, key=key, customer=account.customer, context=context, at=at)
