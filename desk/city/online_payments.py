"""Online payments of the last days, one for each way such a payment can go: waiting, paid and not fetched, delivered, for a bill, twice,
for nothing we know, given up, taken back.

They go through the same operations as everybody's, each at its own moment. No provider is asked: what it would have said is put in its
mouth. They lie some days back, so that nobody asks a provider's stand-in about orders it never had, or compares its bills with them.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from operator import itemgetter
from typing import Any

from django.conf import settings

from accounts.models import Account, Binding, GasCard, Meter, Staff
from billing.models import Bill, Checkout, ProviderPayment, Refund, TopUp
from billing.operations import ask_reversal, carry_out_reversal
from billing.operations.checkouts import Basket, hold_offer, note_cancelled, note_expired
from billing.operations.meter_commands import confirm, fetch
from billing.operations.provider_payments import take
from billing.operations.refunds import ask_refund, note_outcome
from billing.providers.protocol import Heard, RefundState
from billing.queries.quotes import quote
from billing.refusals import Refused
from billing.states import BillStatus

from .reference import CITY

#: How each provider is paid here, the likeliest first.
_WAYS = (("wechat", "qr"), ("alipay", "page"), _BY_BANK := ("bank", "transfer"))
_LITRES = 20_000
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
type _Story = Callable[[Account, int, datetime], None]


def bring_online_payments(at: datetime) -> None:
    """As far as the city has such households."""
    days = _Days()
    cards, bills = _card_holders(), Bill.objects.filter(status=BillStatus.OPEN).select_related("account__customer").order_by("pk")
    stories: Sequence[tuple[int, _Story]] = (
        *((2, days.waits_for_card), (4, days.given_up), (5, days.paid_twice)),
        *((6, days.taken_back), (3, days.given_up_unpaid), (0, days.not_paid_yet)),
    )
    acts = [(ago, partial(story, account, place)) for place, ((ago, story), account) in enumerate(zip(stories, cards, strict=False))]
    # Whoever signs in to the cabinet finds two as well; neither leaves anything for the card to wait for.
    for account in Account.objects.filter(bindings__role=Binding.Role.HOLDER).select_related("customer").order_by("pk")[:1]:
        acts += [(4, partial(days.given_up, account, 0)), (3, partial(days.given_up_unpaid, account, 1))]
    acts += [(place + 2, partial(days.delivered, meter, place)) for place, meter in enumerate(_connected_meters())]
    acts += [(1, partial(days.bill_paid, bill, place)) for place, bill in enumerate(bills[:2])]
    # The oldest first, as receipts are numbered.
    for ago, act in sorted(acts, key=itemgetter(0), reverse=True):
        act(at - max(ago * _DAY, 120 * _MINUTE))
    days.from_nobody(Staff.objects.filter(user__username="fang").select_related("user").first(), at)


def _card_holders() -> Iterator[Account]:
    """Far from the drawer's cards, which stay as they are; who has nothing unwritten."""
    cards = GasCard.objects.filter(status="active", account__status=Account.Status.OPEN, meter__kind=Meter.Kind.VOLUME)
    busy = TopUp.objects.filter(written_at=None).values("account")
    rows = cards.filter(account__price_class=Account.PriceClass.RESIDENT).exclude(account__in=busy)
    return (card.account for card in rows.select_related("account__customer").order_by("-account__pk")[:6])


def _connected_meters() -> Sequence[Meter]:
    """Two that are well: the first of desk.city.connected."""
    return list(Meter.objects.filter(kind=Meter.Kind.IOT, removed_at=None, connected__valve="open").order_by("pk")[:2])


class _Days:
    """The ways a payment can go, each begun at a moment of its own."""

    def __init__(self) -> None:
        self.numbers = count(1)

    def waits_for_card(self, account: Account, place: int, then: datetime) -> None:
        """Paid, and nobody has been at a kiosk or a counter since."""
        self._bought(account, place, then)

    def given_up(self, account: Account, place: int, then: datetime) -> None:
        """Cancelled, and paid all the same a minute later: it goes back by itself."""
        if (checkout := self._opened(account, place, then)) is not None:
            note_cancelled(checkout=checkout, by=CITY, at=then + _MINUTE)
            self._given_back(self._pay(checkout, then + 2 * _MINUTE), then + 3 * _MINUTE)

    def paid_twice(self, account: Account, place: int, then: datetime) -> None:
        """On two phones: the second payment goes back."""
        if (checkout := self._bought(account, place, then)) is not None:
            self._given_back(self._pay(checkout, then + 2 * _MINUTE), then + 3 * _MINUTE)

    def taken_back(self, account: Account, place: int, then: datetime) -> None:
        """Bought for the wrong household, and taken back before anybody wrote it."""
        checkout = self._bought(account, place, then)
        if checkout is None or checkout.top_up is None:
            return
        reversal = ask_reversal(top_up=checkout.top_up, reason="示例：买错户号", by=CITY, at=then + 60 * _MINUTE)
        if reversal.status == reversal.Status.APPROVED:
            carry_out_reversal(reversal=reversal, shift=None, by=CITY, at=then + 61 * _MINUTE)
            refund = Refund.objects.get(reversal=reversal)
            note_outcome(reference=refund.reference, state=RefundState.DONE, by=CITY, at=then + 62 * _MINUTE)

    def given_up_unpaid(self, account: Account, place: int, then: datetime) -> None:
        """Looked at, and never paid."""
        if (checkout := self._opened(account, place, then)) is not None:
            note_expired(checkout=checkout, by=CITY, at=checkout.expires_at)

    def not_paid_yet(self, account: Account, place: int, then: datetime) -> None:
        """The transfer may still come."""
        self._opened(account, place, then, way=_BY_BANK)

    def delivered(self, meter: Meter, place: int, then: datetime) -> None:
        """By air: the meter came for it some hours later."""
        if self._bought(meter.account, place, then) is None:
            return
        for command in fetch(meter=meter, at=then + timedelta(hours=3)):
            confirm(meter=meter, number=command.number, at=then + timedelta(hours=3))

    def bill_paid(self, bill: Bill, place: int, then: datetime) -> None:
        """From the page of the bill."""
        if bill.to_pay > 0 and bill.issued_at < then:
            self._bought(bill.account, place, then, bill=bill)

    def from_nobody(self, clerk: Staff | None, at: datetime) -> None:
        """Two transfers without a number of ours: one waits for somebody, of the other somebody wants to give back."""
        self._hear("bank", "", 16_500, at - 2 * _DAY)
        large = self._hear("bank", "", settings.REVERSAL_NEEDS_APPROVAL_FROM + 5_000, at - _DAY)
        if clerk is not None:
            then = at - 60 * _MINUTE
            ask_refund(payment=large, amount=large.amount, reason=Refund.Reason.UNCLAIMED, by=clerk.user, at=then)

    def _bought(self, account: Account, place: int, then: datetime, bill: Bill | None = None) -> Checkout | None:
        """Ordered, and paid a minute later; a bill at the bank, which nobody asks for yesterday's."""
        checkout = self._opened(account, place, then, bill=bill, way=_BY_BANK if bill else None)
        if checkout is not None:
            self._pay(checkout, then + _MINUTE)
            checkout.refresh_from_db()
        return checkout

    def _opened(
        self, account: Account, place: int, then: datetime, *, bill: Bill | None = None, way: tuple[str, str] | None = None
    ) -> Checkout | None:
        """None where this household could not buy that day."""
        code, product = way or _WAYS[place % len(_WAYS)]
        channel, key = Checkout.Channel.CABINET, f"city-{next(self.numbers)}"
        try:
            price = None if bill else quote(account=account, at=then, litres=_LITRES).fingerprint
            wish: dict[str, Any] = {"litres": _LITRES, "fingerprint": price} if price else {"bill": bill}
            basket = Basket(account=account, provider=code, product=product, channel=channel, key=key, **wish)
            return hold_offer(basket=basket, by=CITY, at=then)
        except Refused:
            return None

    def _pay(self, checkout: Checkout, then: datetime) -> ProviderPayment:
        return self._hear(checkout.provider, checkout.reference, checkout.amount, then)

    def _hear(self, provider: str, reference: str, amount: int, then: datetime) -> ProviderPayment:
        number = f"CITY{then:%Y%m%d}{next(self.numbers):06d}"
        heard = Heard(transaction=number, order_number=reference, amount=amount, currency=settings.CURRENCY, paid_at=then)
        by = ProviderPayment.HeardBy.STATEMENT if provider == "bank" else ProviderPayment.HeardBy.CALLBACK
        return take(provider=provider, heard=heard, heard_by=by, by=CITY, at=then)

    def _given_back(self, payment: ProviderPayment, then: datetime) -> None:
        for refund in payment.refunds.all():
            note_outcome(reference=refund.reference, state=RefundState.DONE, by=CITY, at=then)
