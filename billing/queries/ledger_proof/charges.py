"""Charges for works: what the ledger holds in advance for each, what went back, what was earned, and that each has its paper."""

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ...charge_states import ChargeReturnStatus, ChargeStatus
from ...models import Book, Charge, ChargeReceipt, ChargeReturn, Entry, Posting
from .rows import breaking, named

_CHARGE_KINDS = (Posting.Kind.CHARGE_PAID, Posting.Kind.CHARGE_BACK, Posting.Kind.WORKS_DONE)
_ENDED = (ChargeStatus.EARNED, ChargeStatus.REFUNDED)
CHUNK = 1_000


def advances() -> str:
    """ADVANCES of each charge is what was paid and neither went back nor was earned; WORKS what was earned; each has its receipts."""
    own = Posting.objects.filter(Q(kind__in=_CHARGE_KINDS) | Q(charge__isnull=False))
    strange = Entry.objects.filter(book__in=[Book.ADVANCES, Book.WORKS])
    return (
        named(breaking(own, Q(kind__in=_CHARGE_KINDS, charge__isnull=False)), "posting {}: of a charge, but no such kind, or no charge")
        or named(breaking(strange, Q(posting__charge__isnull=False)), "entry {}: an advance of no charge")
        or _otherwise()
        or named(_decided_alone(), "giving back of a charge {} (key): one person alone")
        or named(_without_paper(), "giving back of a charge {} (key): no receipt of its amount")
        or _unreceipted()
        or _gaps()
    )


def _of_book(book: Book) -> Coalesce:
    sums = Entry.objects.filter(posting__charge=OuterRef("pk"), book=book).order_by().values("posting__charge")
    return Coalesce(Subquery(sums.annotate(total=Sum("amount")).values("total")), Value(0))


def _otherwise() -> str:
    gone = ChargeReturn.objects.filter(charge=OuterRef("pk"), status=ChargeReturnStatus.DONE).order_by().values("charge")
    back = Coalesce(Subquery(gone.annotate(total=Sum("amount")).values("total")), Value(0))
    rows = Charge.objects.annotate(back=back, advances=_of_book(Book.ADVANCES), works=_of_book(Book.WORKS)).order_by("pk")
    for charge in rows.values("reference", "status", "amount", "lines", "back", "advances", "works").iterator(chunk_size=CHUNK):
        left = charge["amount"] - charge["back"]
        is_paid, is_over = charge["status"] == ChargeStatus.PAID, charge["status"] in _ENDED
        should = (-left if is_paid else 0, -left if is_over else 0)
        if (charge["advances"], charge["works"]) != should or left < 0 or (charge["back"] and not (is_paid or is_over)):
            return f"charge {charge['reference']}: {charge['advances']} in advance and {charge['works']} earned, should be {should}"
        if sum(line["amount"] for line in charge["lines"]) != charge["amount"]:
            return f"charge {charge['reference']}: its lines do not sum to {charge['amount']}"
    return ""


def _decided_alone() -> QuerySet[ChargeReturn]:
    return ChargeReturn.objects.exclude(status=ChargeReturnStatus.ASKED).filter(Q(decided_by="") | Q(decided_by=F("asked_by")))


def _without_paper() -> QuerySet[ChargeReturn]:
    done = ChargeReturn.objects.filter(status=ChargeReturnStatus.DONE)
    return breaking(done, Q(receipt__amount=-F("amount"), receipt__charge=F("charge")))


def _unreceipted() -> str:
    paid = ChargeReceipt.objects.filter(charge_return=None)
    counted = Charge.objects.annotate(papers=Count("receipts", filter=Q(receipts__charge_return=None)))
    wrong = counted.filter(Q(status__in=[ChargeStatus.PAID, *_ENDED]) & ~Q(papers=1) | Q(status__in=["open", "withdrawn"], papers__gt=0))
    return named(wrong, "charge {} (key): not one receipt where it was paid") or named(
        breaking(paid, Q(amount=F("charge__amount"))), "receipt of a charge {} (key): not what it costs"
    )


def _gaps() -> str:
    before: tuple[int, int, int] | None = None
    rows = ChargeReceipt.objects.order_by("hall", "year", "number").values_list("hall", "year", "number")
    for row in rows.iterator(chunk_size=CHUNK):
        wanted = before[2] + 1 if before and before[:2] == row[:2] else 1
        if row[2] != wanted:
            return f"receipts of charges, hall {row[0]}, {row[1]}: number {wanted} is missing"
        before = row
    return ""
