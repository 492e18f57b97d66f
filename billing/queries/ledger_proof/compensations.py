"""Compensations: what the promise engine says was credited, and what the ledger says, account by account."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from sla.models import Compensation

from ...models import Book, Entry, Posting
from .rows import breaking, named

_KINDS = (Posting.Kind.COMPENSATION, Posting.Kind.COMPENSATION_BACK)


def credited() -> str:
    """COMPENSATION of each account is what was credited to it and not taken back; CREDIT its mirror; and neither moves otherwise."""
    return (
        named(breaking(Entry.objects.filter(posting__kind__in=_KINDS), _right()), "entry {}: not a compensation's")
        or named(_no_mirror(), "entry {}: takes back what was never credited")
        or named(_elsewhere(), "entry {}: a compensation in another posting")
        or _owed_otherwise(Book.COMPENSATION, 1)
        or _owed_otherwise(Book.CREDIT, -1)
    )


def _right() -> Q:
    credited, back = (Q(posting__kind=kind) for kind in _KINDS)
    cost = Q(book=Book.COMPENSATION) & (Q(credited, amount__gt=0) | Q(back, amount__lt=0))
    credit = Q(book=Book.CREDIT) & (Q(credited, amount__lt=0) | Q(back, amount__gt=0))
    return Q(account__isnull=False, shift__isnull=True) & (cost | credit)


def _no_mirror() -> QuerySet[Entry]:
    """Of what was taken back: entries without their opposite in a posting that credited."""
    opposite = Entry.objects.filter(posting=OuterRef("posting__reverses"), posting__kind=Posting.Kind.COMPENSATION, book=OuterRef("book"))
    mirrored = Exists(opposite.filter(account=OuterRef("account"), amount=-OuterRef("amount")))
    return Entry.objects.filter(~mirrored, posting__kind=Posting.Kind.COMPENSATION_BACK)


def _elsewhere() -> QuerySet[Entry]:
    """Credit also pays bills, bills below zero become credit (ledger_proof.bills), and so may held money (ledger_proof.held); it may be
    paid out (ledger_proof.credit_payouts)."""
    rows = Entry.objects.filter(book__in=[Book.COMPENSATION, Book.CREDIT])
    others = Q(book=Book.CREDIT, posting__kind__in=[Posting.Kind.BILL_PAID, Posting.Kind.ASSIGNED, Posting.Kind.PAID_OUT])
    return breaking(rows, Q(posting__kind__in=_KINDS) | others)


def _owed_otherwise(book: Book, sign: int) -> str:
    booked = (
        Entry.objects.filter(book=book, posting__kind__in=_KINDS).order_by("account").values_list("account").annotate(total=Sum("amount"))
    )
    paid = (
        Compensation.objects.filter(status=Compensation.Status.PAID).order_by("account").values_list("account").annotate(total=Sum("paid"))
    )
    balances, debts = dict(booked), dict(paid)
    for account in sorted(balances.keys() | debts.keys()):
        if sign * balances.get(account, 0) != debts.get(account, 0):
            return f"account {account}: the book {book} says {balances.get(account, 0)}, its compensations {debts.get(account, 0)}"
    return ""
