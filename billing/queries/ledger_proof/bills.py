"""Bills: what the ledger says is owed for each, and what its lines say it costs."""

from typing import Any

from django.db.models import Case, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from ...models import Bill, BillPayment, Book, Entry, Posting
from ...money import price_of
from ...states import BillStatus
from .rows import breaking, named

CHUNK = 2_000
_KINDS = Q(kind__in=[Posting.Kind.BILLED, Posting.Kind.BILL_PAID])


def owed() -> str:
    """RECEIVABLE of each bill is what is left to pay of it, SALES minus its amount; withdrawn ones are even; each of its own account."""
    receivable = Entry.objects.filter(book=Book.RECEIVABLE)
    return (
        named(breaking(Posting.objects.filter(_KINDS), Q(bill__isnull=False)), "posting {}: billed or paid, but no bill")
        or named(breaking(receivable, Q(account=F("posting__bill__account"))), "entry {}: owed by somebody who was not billed")
        or _unlike(Book.RECEIVABLE, Case(When(status=BillStatus.OPEN, then=F("amount") - F("credited")), default=Value(0)))
        or _unlike(Book.SALES, Case(When(status=BillStatus.WITHDRAWN, then=Value(0)), default=-F("amount")))
        or named(breaking(BillPayment.objects.all(), _paid_whole()), "payment of a bill {}: not the amount of its bill")
        or _gaps()
    )


def _paid_whole() -> Q:
    return Q(amount=F("bill__amount") - F("bill__credited")) & ~Q(bill__status=BillStatus.OPEN)


def _unlike(book: Book, should: Any) -> str:
    booked = Coalesce(Sum("postings__entries__amount", filter=Q(postings__entries__book=book)), Value(0))
    wrong = Bill.objects.annotate(should=should, booked=booked).exclude(booked=F("should")).order_by("pk").first()
    return f"bill {wrong.number}: {wrong.booked} in the book {book}, should be {wrong.should}" if wrong else ""


def _gaps() -> str:
    before: tuple[int, int, int] | None = None
    for row in BillPayment.objects.order_by("hall", "year", "number").values_list("hall", "year", "number").iterator(chunk_size=CHUNK):
        wanted = before[2] + 1 if before and before[:2] == row[:2] else 1
        if row[2] != wanted:
            return f"payments of bills, hall {row[0]}, {row[1]}: number {wanted} is missing"
        before = row
    return ""


def lines() -> str:
    """Lines sum to volume and amount, and each is its volume at its price."""
    for number, litres, amount, split in Bill.objects.order_by("pk").values_list("number", "litres", "amount", "lines").iterator(CHUNK):
        sums = sum(line["litres"] for line in split), sum(line["amount"] for line in split)
        if sums != (litres, amount) or any(line["amount"] != price_of(line["litres"], line["unit_price"]) for line in split):
            return f"bill {number}: its lines do not sum to {litres} l and {amount}"
    return ""
