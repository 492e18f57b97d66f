"""Money at providers: what they say came in and went back, and what our books say."""

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Sum, When

from ...models import Book, Checkout, Entry, HeldAssignment, Payment, Posting, ProviderPayment, Refund
from ...states import AssignmentStatus, CheckoutStatus, RefundStatus
from ..provider_books import BOOK_OF_PROVIDER, ONLINE_METHODS
from .rows import breaking, named

_KINDS = (Posting.Kind.PAYMENT, Posting.Kind.HELD_IN, Posting.Kind.BILL_PAID, Posting.Kind.CHARGE_PAID, Posting.Kind.REFUND)
Use = ProviderPayment.Use


def at_providers() -> str:
    """A provider's book is what came in through it and was not given back; HELD is what is to be given back or assigned."""
    return _booked_otherwise() or _held_otherwise()


def credited() -> str:
    """What was paid online was credited once: order, purchase and provider's payment are of one amount, and one comes with the others.

    Held money may be used for an order instead, when two people agreed: of its amount then, by whichever provider it had come.
    """
    paid = Checkout.objects.filter(status=CheckoutStatus.PAID)
    used = ProviderPayment.objects.filter(
        checkout=OuterRef("pk"), use=Use.CREDITED, amount=OuterRef("amount"), provider=OuterRef("provider")
    )
    online = Payment.objects.filter(method__in=ONLINE_METHODS)
    other_way = Exists(_assigned(OuterRef("top_up__checkout"), payment__provider=OuterRef("method")))
    same_way = Q(top_up__checkout__provider=F("method")) | Q(other_way)
    fits = Q(top_up__checkout__status=CheckoutStatus.PAID, top_up__checkout__amount=F("amount")) & same_way
    more = Refund.objects.exclude(status=RefundStatus.REFUSED).order_by("payment").values("payment", "payment__amount")
    too_much = more.annotate(back=Sum("amount")).filter(back__gt=F("payment__amount")).first()
    out_of_held = Exists(_assigned(OuterRef("pk"), amount=OuterRef("amount")))
    return (
        named(paid.filter(~Exists(used), ~out_of_held), "online payment {} (key): paid, but no provider says so")
        or named(_used_for_nothing(), "payment at a provider {} (key): used for an order that is not paid")
        or named(breaking(online, fits), "payment {}: paid online without an order")
        or named(
            paid.filter(purpose=Checkout.Purpose.TOP_UP, top_up__isnull=True), "online payment {} (key): paid, but nothing was credited"
        )
        or (f"payment at a provider {too_much['payment']} (key): more is given back than was paid" if too_much else "")
    )


def _assigned(checkout: OuterRef, **what: object) -> QuerySet[HeldAssignment]:
    return HeldAssignment.objects.filter(checkout=checkout, status=AssignmentStatus.DONE, **what)


def _used_for_nothing() -> QuerySet[ProviderPayment]:
    return ProviderPayment.objects.filter(use=Use.CREDITED).exclude(checkout__status=CheckoutStatus.PAID)


def _booked_otherwise() -> str:
    came = _sums(ProviderPayment.objects.order_by("provider").values_list("provider").annotate(total=Sum("amount")))
    out_of = Case(When(out_of="", then=F("payment__provider")), default=F("out_of"), output_field=CharField())
    gone = Refund.objects.filter(status=RefundStatus.DONE).annotate(way=out_of).order_by("way").values_list("way")
    went = _sums(gone.annotate(total=Sum("amount")))
    booked = Entry.objects.filter(book__in=BOOK_OF_PROVIDER.values(), posting__kind__in=_KINDS).order_by("book").values_list("book")
    balances = _sums(booked.annotate(total=Sum("amount")))
    for provider, book in BOOK_OF_PROVIDER.items():
        should, has = came.get(provider, 0) - went.get(provider, 0), balances.get(book.value, 0)
        if should != has:
            return f"the book {book.value} says {has}, payments and refunds say {should}"
    return ""


def _held_otherwise() -> str:
    """Held is what could not be used, and what purchases and charges taken back set free; less what was assigned and what went back."""
    set_free = Refund.objects.filter(Q(reversal__isnull=False) | Q(charge_return__isnull=False))
    held = _total(ProviderPayment.objects.exclude(use=Use.CREDITED)) + _total(set_free)
    gone = _total(HeldAssignment.objects.filter(status=AssignmentStatus.DONE)) + _total(Refund.objects.filter(status=RefundStatus.DONE))
    has, should = _total(Entry.objects.filter(book=Book.HELD)), gone - held
    return "" if has == should else f"the book held says {has}, payments and refunds say {should}"


def _total(rows: QuerySet[Any]) -> int:
    total: int | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or 0


def _sums(rows: object) -> dict[str, int]:
    return dict(rows)  # type: ignore[call-overload, no-any-return]
