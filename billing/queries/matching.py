"""Three parties to every online payment: the provider's bill, our ledger, and what was delivered. Where they do not agree is a fault.

Set-based: a bill of a day is compared in a handful of statements, however long it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Sum

from accounts import clock
from accounts.clock import business_date

from ..models import Break, CardWrite, Checkout, Entry, MeterCommand, Posting, ProviderPayment, Refund, Statement, StatementLine, TopUp
from ..reconciliation.rows import BEIJING
from ..states import NOT_ON_A_CARD, CommandStatus, RefundStatus, TopUpStatus
from .provider_books import book_of, is_online

Kind = Break.Kind
_CHUNK = 500
#: Whether a delivery has a witness is asked each morning, so the last few are enough.
_LATELY = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with what: the columns of a Break to be. ``key`` is the same whenever and however it is found."""

    kind: Break.Kind
    key: str
    provider: str
    day: date
    there: int | None = None
    here: int | None = None
    line: StatementLine | None = None
    payment: ProviderPayment | None = None
    refund: Refund | None = None
    top_up: TopUp | None = None


def key_of(what: str, provider: str, number: str) -> str:
    """Short enough for the longest number there is."""
    return f"{what}:{provider}:{number}"


def faults_in_rows(lines: Sequence[StatementLine]) -> Iterator[Fault]:
    """Rows of a provider's bill that our books do not bear out."""
    for start in range(0, len(lines), _CHUNK):
        some = lines[start : start + _CHUNK]
        yield from _in_payments([line for line in some if line.kind == StatementLine.Kind.PAYMENT])
        yield from _in_refunds([line for line in some if line.kind == StatementLine.Kind.REFUND])


def _in_payments(lines: Sequence[StatementLine]) -> Iterator[Fault]:
    rows = ProviderPayment.objects.select_related("checkout__top_up__meter", "checkout__bill")
    known = {(one.provider, one.transaction): one for one in rows.filter(transaction__in=[line.transaction for line in lines])}
    sums = booked([one for one in known.values() if one.use == ProviderPayment.Use.CREDITED])
    for line in lines:
        payment = known.get((line.provider, line.transaction))
        if payment is None:
            yield _fault(Kind.MISSING_HERE, line, there=line.amount)
            continue
        if payment.amount != line.amount:
            yield _fault(Kind.AMOUNT, line, there=line.amount, here=payment.amount, payment=payment)
        elif payment.pk in sums and sums[payment.pk] != payment.amount:
            yield _fault(Kind.NOT_POSTED, line, there=line.amount, here=sums[payment.pk], payment=payment)
        if (wanted := agreed_fee(line)) is not None and abs(wanted - line.fee) > 1:
            yield _fault(Kind.FEE, line, there=line.fee, here=wanted, payment=payment)


def _fault(kind: Break.Kind, line: StatementLine, *, there: int, here: int | None = None, payment: ProviderPayment | None = None) -> Fault:
    day = line.at.astimezone(BEIJING).date()
    top_up = payment.checkout.top_up if payment and payment.checkout else None
    key = key_of(kind.value, line.provider, line.refund_number or line.transaction)
    return Fault(kind=kind, key=key, provider=line.provider, day=day, there=there, here=here, line=line, payment=payment, top_up=top_up)


def agreed_fee(line: StatementLine) -> int | None:
    """What a payment should cost by the rate agreed with the provider; None where none is set. Fees of refunds differ by contract."""
    rate = settings.PROVIDER_FEES.get(line.provider, 0)
    is_asked = rate and line.kind == StatementLine.Kind.PAYMENT
    return (line.amount * rate + 5_000) // 10_000 if is_asked else None


def booked(payments: Collection[ProviderPayment]) -> Mapping[int, int]:
    """What the provider's book says came in for each of these, by the payment's key."""
    orders = {payment.pk: payment.checkout for payment in payments if payment.checkout}
    entries = Entry.objects.filter(book__in={book_of(payment.provider) for payment in payments})
    sums = {what: _came_for(what, kind, orders.values(), entries) for what, kind in _PAID_FOR.items()}
    return {pk: sum(found.get(getattr(order, f"{what}_id"), 0) for what, found in sums.items()) for pk, order in orders.items()}


#: What an order is for -> the kind of posting that says it was paid.
_PAID_FOR = {"top_up": Posting.Kind.PAYMENT, "bill": Posting.Kind.BILL_PAID, "charge": Posting.Kind.CHARGE_PAID}


def _came_for(what: str, kind: Posting.Kind, orders: Iterable[Checkout], entries: QuerySet[Entry]) -> Mapping[int, int]:
    """What came in by key of the purchase, the bill or the charge; not asked where no order is for one."""
    keys = {key for order in orders if (key := getattr(order, f"{what}_id"))}
    if not keys:
        return {}
    rows = entries.filter(**{"posting__kind": kind, f"posting__{what}__in": keys}).order_by().values_list(f"posting__{what}")
    return dict(rows.annotate(total=Sum("amount")))


def _in_refunds(lines: Sequence[StatementLine]) -> Iterator[Fault]:
    rows = Refund.objects.select_related("payment").filter(reference__in=[line.refund_number for line in lines])
    known = {(one.payment.provider, one.reference): one for one in rows}
    for line in lines:
        refund = known.get((line.provider, line.refund_number))
        day, key = line.at.astimezone(BEIJING).date(), line.refund_number
        facts = {"provider": line.provider, "day": day, "there": line.amount, "line": line, "refund": refund}
        if refund is None or refund.out_of or refund.status in {RefundStatus.ASKED, RefundStatus.REFUSED, RefundStatus.FAILED}:
            yield Fault(kind=Kind.REFUND_EXTRA, key=key_of("refund_extra", line.provider, key), **facts)  # type: ignore[arg-type]
        elif refund.amount != line.amount:
            amount = key_of("amount", line.provider, key)
            yield Fault(kind=Kind.AMOUNT, key=amount, here=refund.amount, payment=refund.payment, **facts)  # type: ignore[arg-type]


def faults_of_ours(statement: Statement) -> Iterator[Fault]:
    """What our books say of the days of a bill, and no bill of the provider bears out."""
    since, until = _bounds(statement)
    own = _own_bills(statement.provider)
    payments = ProviderPayment.objects.filter(provider=statement.provider, paid_at__gte=since, paid_at__lt=until)
    without = _not_in_own(payments, statement.provider, StatementLine.Kind.PAYMENT, transaction=OuterRef("transaction"))
    for payment in without.select_related("checkout__top_up").order_by("pk"):
        if not payment.is_in_any or _is_covered(payment.paid_at.astimezone(BEIJING).date(), own):
            yield _without_row(payment)
    since, until = _by_our_clock(since), _by_our_clock(until)
    refunds = Refund.objects.filter(payment__provider=statement.provider, out_of="", status=RefundStatus.DONE)
    refunds = refunds.filter(ended_at__gte=since, ended_at__lt=until)
    without = _not_in_own(refunds, statement.provider, StatementLine.Kind.REFUND, refund_number=OuterRef("reference"))
    for refund in without.select_related("payment").order_by("pk"):
        day = business_date(refund.ended_at or until)
        if refund.is_in_any and not _is_covered(day, own):
            continue
        key = key_of("refund_missing", statement.provider, refund.reference)
        facts = {"provider": statement.provider, "day": day, "here": refund.amount, "payment": refund.payment, "refund": refund}
        yield Fault(kind=Kind.REFUND_MISSING, key=key, **facts)


def rows_that_count(provider: str, day: date) -> QuerySet[StatementLine]:
    """All rows of a provider that may settle a question about a day: where we have its own bill of that day, nobody else's word counts."""
    rows = StatementLine.objects.filter(provider=provider)
    return rows.filter(source=Statement.Source.FETCHED) if _is_covered(day, _own_bills(provider)) else rows


def _own_bills(provider: str) -> Sequence[tuple[date, date]]:
    """The first and the last day of each bill that the provider itself gave."""
    own = Statement.objects.filter(provider=provider, source=Statement.Source.FETCHED)
    return list(own.values_list("first_day", "last_day"))


def _is_covered(day: date, bills: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in bills)


def _not_in_own(rows: QuerySet[Any], provider: str, kind: StatementLine.Kind, **shown: OuterRef) -> QuerySet[Any]:
    """Without those that the provider's own rows show; ``is_in_any``: a row that a person handed in does."""
    lines = StatementLine.objects.filter(provider=provider, kind=kind, **shown)
    found: QuerySet[Any] = rows.annotate(is_in_any=Exists(lines)).filter(~Exists(lines.filter(source=Statement.Source.FETCHED)))
    return found


def _without_row(payment: ProviderPayment) -> Fault:
    top_up = payment.checkout.top_up if payment.checkout else None
    is_delivered = top_up is not None and top_up.status == TopUpStatus.WRITTEN
    return Fault(
        kind=Kind.DELIVERED_UNPAID if is_delivered else Kind.MISSING_THERE,
        key=key_of("no_row", payment.provider, payment.transaction),
        provider=payment.provider,
        day=payment.paid_at.astimezone(BEIJING).date(),
        here=payment.amount,
        payment=payment,
        top_up=top_up,
    )


def _bounds(statement: Statement) -> tuple[datetime, datetime]:
    """From the first moment of its days to the first after them, in the provider's time."""
    since = datetime.combine(statement.first_day, datetime.min.time(), BEIJING)
    return since, datetime.combine(statement.last_day + timedelta(days=1), datetime.min.time(), BEIJING)


def _by_our_clock(moment: datetime) -> datetime:
    """Providers know nothing of a demonstration's clock; when we heard of a refund was noted by ours."""
    running = clock.course()
    return running.reckon(moment) if running else moment


def undelivered(at: datetime) -> Iterator[Fault]:
    """Online purchases that were paid and are neither on the card nor in the meter after a time that is long for each."""
    by_air = at - timedelta(hours=settings.UNDELIVERED_METER_HOURS)
    on_card = at - timedelta(days=settings.UNDELIVERED_CARD_DAYS)
    rows = TopUp.objects.filter(checkout__isnull=False).exclude(breaks__kind=Kind.NOT_DELIVERED)
    rows = rows.select_related("meter", "checkout", "payment").order_by("pk")
    late = rows.filter(status__in=NOT_ON_A_CARD, paid_at__lte=max(by_air, on_card))
    for top_up in late:
        if top_up.paid_at <= (by_air if top_up.goes_by_air else on_card):
            yield _undelivered(top_up)
    for top_up in without_witness(rows.filter(status=TopUpStatus.WRITTEN, written_at__gte=at - _LATELY)):
        yield _undelivered(top_up)


def _undelivered(top_up: TopUp) -> Fault:
    paid = top_up.checkout.payments.filter(use=ProviderPayment.Use.CREDITED).first()
    return Fault(
        kind=Kind.NOT_DELIVERED,
        key=key_of("not_delivered", top_up.checkout.provider, top_up.reference),
        provider=top_up.checkout.provider,
        day=business_date(top_up.paid_at),
        there=top_up.amount,
        here=top_up.amount,
        payment=paid,
        top_up=top_up,
    )


def taken_back(top_up: TopUp, day: date) -> Fault:
    """A card proves, after the money of its gas went back, that it was written all the same: the customer has both."""
    method = top_up.payment.method
    provider = method if is_online(method) else ""
    key = key_of(Kind.TAKEN_BACK.value, provider, top_up.reference)
    return Fault(kind=Kind.TAKEN_BACK, key=key, provider=provider, day=day, here=top_up.amount, top_up=top_up)


def without_witness(written: QuerySet[TopUp]) -> Iterable[TopUp]:
    """Said to be delivered, but no card was ever written for it and no meter confirmed it."""
    confirmed = MeterCommand.objects.filter(top_up=OuterRef("pk"), status=CommandStatus.CONFIRMED)
    on_card = CardWrite.objects.filter(top_up=OuterRef("pk")).exclude(outcome=CardWrite.Outcome.NOT_WRITTEN)
    return written.filter(~Exists(confirmed), ~Exists(on_card))
