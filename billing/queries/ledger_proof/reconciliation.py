"""What reconciliation did to the books: fees as the bills say, payouts as noted, and nothing written off without a break and two people."""

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from ...models import Book, Break, Entry, Payout, Posting, Statement
from ..provider_books import BOOK_OF_PROVIDER
from .rows import breaking, named

_KINDS = (Posting.Kind.FEE, Posting.Kind.SETTLEMENT, Posting.Kind.WRITE_OFF)


def settled() -> str:
    """Each such posting has its paper, and each paper its posting."""
    return _stray() or _fees() or _payouts() or _written_off()


def _stray() -> str:
    fees = Q(kind=Posting.Kind.FEE, statement__isnull=False)
    paid_out = Q(kind=Posting.Kind.SETTLEMENT, payout__isnull=False)
    written_off = Q(kind=Posting.Kind.WRITE_OFF, settles__status="settled", settles__action=Break.Action.WRITE_OFF)
    wrong = breaking(Posting.objects.filter(kind__in=_KINDS), fees | paid_out | written_off)
    elsewhere = Entry.objects.filter(book__in=[Book.FEES, Book.WRITTEN_OFF]).exclude(posting__kind__in=_KINDS)
    return named(wrong, "posting {}: nobody's fee, payout or write-off") or named(elsewhere, "entry {}: a fee or loss in another posting")


def _booked(book: Book, posting: str) -> Coalesce:
    total = Entry.objects.filter(posting=OuterRef(posting), book=book).order_by().values("posting").annotate(total=Sum("amount"))
    return Coalesce(Subquery(total.values("total")), 0)


def _fees() -> str:
    wrong = Statement.objects.annotate(booked=_booked(Book.FEES, "posting")).exclude(booked=F("fresh_fees"))
    return named(wrong, "statement {} (key): its fees are not in the books")


def _payouts() -> str:
    return named(_unlike(), "payout {} (key): not what the bank's book says")


def _unlike() -> QuerySet[Payout]:
    return Payout.objects.annotate(booked=_booked(Book.BANK, "posting")).exclude(booked=F("amount"))


def _written_off() -> str:
    """The loss is the gap; the provider's book is its mirror; and whoever asked did not approve."""
    for found in Break.objects.filter(posting__isnull=False).select_related("line").order_by("pk").iterator(chunk_size=500):
        moved = dict(Entry.objects.filter(posting=found.posting_id).order_by().values_list("book").annotate(total=Sum("amount")))
        if moved != {Book.WRITTEN_OFF.value: found.gap, BOOK_OF_PROVIDER[found.provider].value: -found.gap}:
            return f"break {found.reference}: not what was written off"
        if not found.decided_by or found.decided_by == found.asked_by:
            return f"break {found.reference}: written off by one person alone"
    return ""
