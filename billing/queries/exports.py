"""What finance takes along for a period: each sheet a head and rows, streamed. Numbers, codes, amounts; nobody's name or account."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, DateField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from accounts.models import Hall

from ..models import BillPayment, Book, ChargeReceipt, Entry, HallDay, Posting, Receipt, TopUp
from ..spreadsheets import Row
from .shifts import day_bounds

CHUNK = 2_000


class Sheet(StrEnum):
    """What can be taken along."""

    JOURNAL = "journal"
    POSTINGS = "postings"
    TAKINGS = "takings"
    PURCHASES = "purchases"
    RECEIPTS = "receipts"
    BILL_PAYMENTS = "bill_payments"
    CHARGE_RECEIPTS = "charge_receipts"
    DAYS = "days"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which days (both included), and of which hall or book only; empty: all."""

    first: date
    last: date
    hall: Hall | None = None
    book: str = ""

    @property
    def start(self) -> datetime:
        return day_bounds(self.first)[0]

    @property
    def end(self) -> datetime:
        return day_bounds(self.last)[1]


def rows_of(sheet: Sheet, wanted: Wanted) -> Iterator[Row]:
    """The head of a sheet, then its rows, oldest first."""
    head, rows = _SHEETS[sheet]
    yield head
    yield from rows(wanted)


def _entries(wanted: Wanted) -> QuerySet[Entry]:
    """Entries of the period; the hall is that of the till, or of the cash that was taken to the bank."""
    found = Entry.objects.filter(posting__at__gte=wanted.start, posting__at__lt=wanted.end)
    if wanted.hall:
        of_hall = Q(shift__counter__hall=wanted.hall) | Q(posting__shift__counter__hall=wanted.hall)
        found = found.filter(of_hall | Q(posting__deposit__hall=wanted.hall))
    return found.filter(book=wanted.book) if wanted.book else found


_HALL = Coalesce("shift__counter__hall__code", "posting__shift__counter__hall__code", "posting__deposit__hall__code", Value(""))


def _journal(wanted: Wanted) -> Iterator[Row]:
    """One entry for each day, hall, kind and book, as an accounting system takes it: debit and credit, each summed."""
    zone = timezone.get_default_timezone()
    grouped = (
        _entries(wanted)
        .annotate(day=TruncDate("posting__at", tzinfo=zone, output_field=DateField()), hall=_HALL)
        .order_by("day", "hall", "posting__kind", "book")
        .values("day", "hall", "posting__kind", "book")
        .annotate(
            debit=Coalesce(Sum(Case(When(amount__gt=0, then=F("amount")))), Value(0)),
            credit=Coalesce(Sum(Case(When(amount__lt=0, then=-F("amount")))), Value(0)),
            count=Count("posting", distinct=True),
        )
    )
    for row in grouped.iterator(chunk_size=CHUNK):
        yield (row["day"], row["hall"], row["posting__kind"], row["book"], _money(row["debit"]), _money(row["credit"]), row["count"])


def _postings(wanted: Wanted) -> Iterator[Row]:
    found = (
        _entries(wanted)
        .annotate(hall=_HALL)
        .order_by("posting__at", "pk")
        .select_related("posting__top_up", "posting__bill", "posting__charge", "shift__counter")
    )
    for entry in found.iterator(chunk_size=CHUNK):
        posting, shift = entry.posting, entry.shift
        reference = _reference(posting)
        till: tuple[int | None, int | None] = (shift.pk, shift.counter.number) if shift else (None, None)
        hall: str = entry.hall
        yield (posting.pk, _local(posting.at), posting.kind, entry.book, _money(entry.amount), reference, hall, *till)


def _reference(posting: Posting) -> str:
    """Of what the money is for."""
    if posting.top_up:
        return posting.top_up.reference
    return posting.bill.number if posting.bill else posting.charge.reference if posting.charge else ""


#: Money of customers: in, held too, since it came in and may go back; and out.
_CAME = (Posting.Kind.PAYMENT, Posting.Kind.BILL_PAID, Posting.Kind.CHARGE_PAID, Posting.Kind.HELD_IN)
_WENT = (Posting.Kind.REFUND, Posting.Kind.CHARGE_BACK, Posting.Kind.PAID_OUT)


def _takings(wanted: Wanted) -> Iterator[Row]:
    """Money in and out by day, hall and book, of everything customers paid or got back; held money too: it came in, and may go back."""
    kinds = [*_CAME, *_WENT]
    books = [Book.CASH, Book.BANK_CARD, Book.KIOSK_CASH, Book.WECHAT, Book.ALIPAY, Book.BANK]
    zone = timezone.get_default_timezone()
    grouped = (
        _entries(wanted)
        .filter(posting__kind__in=kinds, book__in=books)
        .annotate(day=TruncDate("posting__at", tzinfo=zone, output_field=DateField()), hall=_HALL)
        .order_by("day", "hall", "book")
        .values("day", "hall", "book")
        .annotate(
            taken=Coalesce(Sum("amount", filter=Q(amount__gt=0)), Value(0)),
            back=Coalesce(-Sum("amount", filter=Q(amount__lt=0)), Value(0)),
            payments=Count("posting", filter=Q(amount__gt=0), distinct=True),
            refunds=Count("posting", filter=Q(amount__lt=0), distinct=True),
        )
    )
    for row in grouped.iterator(chunk_size=CHUNK):
        net = _money(row["taken"] - row["back"])
        yield (row["day"], row["hall"], row["book"], row["payments"], _money(row["taken"]), row["refunds"], _money(row["back"]), net)


def _purchases(wanted: Wanted) -> Iterator[Row]:
    found = TopUp.objects.filter(paid_at__gte=wanted.start, paid_at__lt=wanted.end)
    if wanted.hall:
        found = found.filter(shift__counter__hall=wanted.hall)
    found = found.select_related("shift__counter__hall", "payment", "tariff_version", "account").order_by("paid_at", "pk")
    for one in found.iterator(chunk_size=CHUNK):
        payment = getattr(one, "payment", None)
        hall = one.shift.counter.hall.code if one.shift else ""
        version = one.tariff_version.number if one.tariff_version else None
        volume = (Decimal(one.litres) / 1000, Decimal(one.free_litres) / 1000)
        way = payment.method if payment else ""
        yield (one.reference, _local(one.paid_at), one.channel, hall, one.kind, one.status, *volume, _money(one.amount), way, version)


def _receipts(wanted: Wanted) -> Iterator[Row]:
    found = Receipt.objects.filter(issued_at__gte=wanted.start, issued_at__lt=wanted.end)
    found = found.filter(hall=wanted.hall) if wanted.hall else found
    found = found.select_related("hall", "top_up", "corrects__hall").order_by("hall__code", "year", "number")
    for one in found.iterator(chunk_size=CHUNK):
        corrects = one.corrects.full_number if one.corrects else ""
        yield (one.full_number, _local(one.issued_at), one.hall.code, one.kind, _money(one.amount), one.top_up.reference, corrects)


def _bill_payments(wanted: Wanted) -> Iterator[Row]:
    """Bills paid at tills; those paid online stand in the journal."""
    found = BillPayment.objects.filter(at__gte=wanted.start, at__lt=wanted.end)
    found = found.filter(hall=wanted.hall) if wanted.hall else found
    for one in found.select_related("hall", "bill").order_by("hall__code", "year", "number").iterator(chunk_size=CHUNK):
        yield (one.full_number, _local(one.at), one.hall.code, one.bill.number, one.bill.month, one.method, _money(one.amount))


def _charge_receipts(wanted: Wanted) -> Iterator[Row]:
    """What was paid in advance for works, over counters and online; below zero what went back of it."""
    found = ChargeReceipt.objects.filter(issued_at__gte=wanted.start, issued_at__lt=wanted.end)
    found = found.filter(hall=wanted.hall) if wanted.hall else found
    for one in found.select_related("hall", "charge").order_by("hall__code", "year", "number").iterator(chunk_size=CHUNK):
        corrects = one.facts.get("corrects", "")
        named = (one.charge.reference, one.charge.basis)
        yield (one.full_number, _local(one.issued_at), one.hall.code, *named, one.method, _money(one.amount), corrects)


def _days(wanted: Wanted) -> Iterator[Row]:
    """Closed days with both signatures, as numbers of staff."""
    found = HallDay.objects.filter(day__gte=wanted.first, day__lte=wanted.last)
    found = found.filter(hall=wanted.hall) if wanted.hall else found
    found = found.select_related("hall", "closed_by", "signature__signed_by").order_by("day", "hall__code")
    for one in found.iterator(chunk_size=CHUNK):
        signature = getattr(one, "signature", None)
        signed = signature.signed_by.number if signature else ""
        net, difference, safe = one.totals["net"], one.totals["difference"], one.totals.get("safe", {})
        left = _money(safe["left"]) if safe else None
        deposited = _money(sum(each["amount"] for each in safe.get("deposits", [])))
        yield (one.day, one.hall.code, _money(net), _money(difference), deposited, left, one.closed_by.number, signed)


def _money(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


_SHEETS: Mapping[Sheet, tuple[Row, Callable[[Wanted], Iterator[Any]]]] = {
    Sheet.JOURNAL: (("day", "hall", "kind", "book", "debit", "credit", "postings"), _journal),
    Sheet.POSTINGS: (("posting", "at", "kind", "book", "amount", "reference", "hall", "shift", "counter"), _postings),
    Sheet.TAKINGS: (("day", "hall", "book", "payments", "taken", "refunds", "given_back", "net"), _takings),
    Sheet.PURCHASES: (
        ("reference", "paid_at", "channel", "hall", "kind", "status", "m3", "of_these_free_m3", "amount", "method", "price_list"),
        _purchases,
    ),
    Sheet.RECEIPTS: (("number", "issued_at", "hall", "kind", "amount", "purchase", "corrects"), _receipts),
    Sheet.BILL_PAYMENTS: (("number", "paid_at", "hall", "bill", "month", "method", "amount"), _bill_payments),
    Sheet.CHARGE_RECEIPTS: (("number", "issued_at", "hall", "charge", "contract", "method", "amount", "corrects"), _charge_receipts),
    Sheet.DAYS: (("day", "hall", "net", "over_or_short", "to_the_bank", "left_in_safe", "closed_by", "signed_by"), _days),
}
