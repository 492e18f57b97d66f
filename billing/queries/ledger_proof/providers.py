"""Money at providers: what they say came in and went back, and what our books say."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from ...models import Book, Checkout, Entry, Payment, Posting, ProviderPayment, Refund
from ...states import CheckoutStatus, RefundStatus
from ..provider_books import BOOK_OF_PROVIDER, ONLINE_METHODS
from .rows import breaking, named

_KINDS = (Posting.Kind.PAYMENT, Posting.Kind.HELD_IN, Posting.Kind.BILL_PAID, Posting.Kind.REFUND)
Use = ProviderPayment.Use


def at_providers() -> str:
    """A provider's book is what came in through it and was not given back; HELD is what is to be given back or assigned."""
    return _booked_otherwise() or _held_otherwise()


def credited() -> str:
    """What was paid online was credited once: order, purchase and provider's payment are of one amount, and one comes with the others."""
    paid = Checkout.objects.filter(status=CheckoutStatus.PAID)
    used = ProviderPayment.objects.filter(
        checkout=OuterRef("pk"), use=Use.CREDITED, amount=OuterRef("amount"), provider=OuterRef("provider")
    )
    online = Payment.objects.filter(method__in=ONLINE_METHODS)
    fits = Q(top_up__checkout__status=CheckoutStatus.PAID, top_up__checkout__amount=F("amount"), top_up__checkout__provider=F("method"))
    more = Refund.objects.exclude(status=RefundStatus.REFUSED).order_by("payment").values("payment", "payment__amount")
    too_much = more.annotate(back=Sum("amount")).filter(back__gt=F("payment__amount")).first()
    return (
        named(paid.filter(~Exists(used)), "online payment {} (key): paid, but no provider says so")
        or named(_used_for_nothing(), "payment at a provider {} (key): used for an order that is not paid")
        or named(breaking(online, fits), "payment {}: paid online without an order")
        or named(
            paid.filter(purpose=Checkout.Purpose.TOP_UP, top_up__isnull=True), "online payment {} (key): paid, but nothing was credited"
        )
        or (f"payment at a provider {too_much['payment']} (key): more is given back than was paid" if too_much else "")
    )


def _used_for_nothing() -> QuerySet[ProviderPayment]:
    return ProviderPayment.objects.filter(use=Use.CREDITED).exclude(checkout__status=CheckoutStatus.PAID)


def _booked_otherwise() -> str:
    came = _sums(ProviderPayment.objects.order_by("provider").values_list("provider").annotate(total=Sum("amount")))
    gone = Refund.objects.filter(status=RefundStatus.DONE).order_by("payment__provider").values_list("payment__provider")
    went = _sums(gone.annotate(total=Sum("amount")))
    booked = Entry.objects.filter(book__in=BOOK_OF_PROVIDER.values(), posting__kind__in=_KINDS).order_by("book").values_list("book")
    balances = _sums(booked.annotate(total=Sum("amount")))
    for provider, book in BOOK_OF_PROVIDER.items():
        should, has = came.get(provider, 0) - went.get(provider, 0), balances.get(book.value, 0)
        if should != has:
            return f"the book {book.value} says {has}, payments and refunds say {should}"
    return ""


def _held_otherwise() -> str:
    held = ProviderPayment.objects.exclude(use=Use.CREDITED).aggregate(total=Sum("amount"))["total"] or 0
    back = Refund.objects.exclude(payment__use=Use.CREDITED).filter(status=RefundStatus.DONE).aggregate(total=Sum("amount"))["total"] or 0
    under_way = Refund.objects.filter(reversal__isnull=False).exclude(status=RefundStatus.DONE)
    owed = under_way.aggregate(total=Sum("amount"))["total"] or 0
    has = Entry.objects.filter(book=Book.HELD).aggregate(total=Sum("amount"))["total"] or 0
    should = -(held - back + owed)
    return "" if has == should else f"the book held says {has}, payments and refunds say {should}"


def _sums(rows: object) -> dict[str, int]:
    return dict(rows)  # type: ignore[call-overload, no-any-return]
