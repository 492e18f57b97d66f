"""Online payments as their customers and our staff look at them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Account

from ..diagnoses import PaymentState
from ..models import Checkout, ProviderPayment, Refund
from ..states import CheckoutStatus, RefundStatus, TopUpStatus

_AFTER_HOLDING = {
    ProviderPayment.Use.RETURNED.value: PaymentState.GIVEN_BACK,
    ProviderPayment.Use.ASSIGNED.value: PaymentState.USED_OTHERWISE,
}


class CheckoutNotFound(Exception):
    """The account has no such online payment."""

    def __init__(self) -> None:
        super().__init__(_("There is no such online payment."))


class PaymentNotFound(Exception):
    """No provider told us of it."""

    def __init__(self) -> None:
        super().__init__(_("There is no such payment."))


@dataclass(frozen=True)
class Standing:
    """How it stands with an online payment: one state for everybody who asks, and the money that could not be used for it."""

    state: PaymentState
    held: tuple[ProviderPayment, ...]

    @property
    def code(self) -> str:
        """For machines."""
        return self.state.value

    @property
    def sentence(self) -> str:
        """For people."""
        return str(self.state.label)


def checkout_of(account: Account, reference: str) -> Checkout:
    """One online payment of this account, with all that is shown of it. Raises CheckoutNotFound."""
    rows = Checkout.objects.select_related("account__customer", "top_up__meter", "top_up__card", "bill", "tariff_version")
    found = rows.prefetch_related("payments__refunds").filter(account=account, reference=reference).first()
    if found is None:
        raise CheckoutNotFound
    return found


def account_number_of(reference: str) -> str | None:
    """Of the account that an online payment is for."""
    return Checkout.objects.filter(reference=reference).values_list("account__number", flat=True).first()


def open_checkouts(account: Account) -> QuerySet[Checkout]:
    """What can still be paid, the newest first."""
    return Checkout.objects.filter(account=account, status=CheckoutStatus.OPEN).order_by("-opened_at", "-pk")


def checkouts_of(account: Account) -> QuerySet[Checkout]:
    """Every online payment of an account, the newest first."""
    rows = Checkout.objects.filter(account=account).select_related("top_up__meter", "bill").prefetch_related("payments__refunds")
    return rows.order_by("-opened_at", "-pk")


def standing(checkout: Checkout) -> Standing:
    """What a hall, the hotline and the cabinet say alike."""
    unused = (payment for payment in checkout.payments.all() if payment.use != ProviderPayment.Use.CREDITED)
    held = tuple(sorted(unused, key=lambda payment: payment.pk))
    return Standing(_state(checkout, held), held)


def _state(checkout: Checkout, held: tuple[ProviderPayment, ...]) -> PaymentState:
    if checkout.status == CheckoutStatus.PAID:
        return _after_payment(checkout)
    if held:
        return _AFTER_HOLDING.get(held[-1].use, PaymentState.GOING_BACK)
    states = {
        CheckoutStatus.OPEN: PaymentState.WAITING,
        CheckoutStatus.CANCELLED: PaymentState.CANCELLED,
        CheckoutStatus.EXPIRED: PaymentState.EXPIRED,
    }
    return states[CheckoutStatus(checkout.status)]


def _after_payment(checkout: Checkout) -> PaymentState:
    if checkout.top_up is None:
        return PaymentState.CHARGE_PAID if checkout.charge_id else PaymentState.BILL_PAID
    if checkout.top_up.status == TopUpStatus.WRITTEN:
        return PaymentState.DELIVERED
    if checkout.top_up.status == TopUpStatus.REVERSED:
        return PaymentState.TAKEN_BACK
    return PaymentState.ON_ITS_WAY if checkout.top_up.goes_by_air else PaymentState.NOT_ON_CARD


def held_payments() -> QuerySet[ProviderPayment]:
    """Money that could not be used and has not gone back, the oldest first."""
    rows = ProviderPayment.objects.filter(use=ProviderPayment.Use.HELD).order_by("heard_at", "pk")
    return rows.select_related("checkout__account").prefetch_related("refunds", "assignments")


def find_payment(key: int) -> ProviderPayment:
    """Raises PaymentNotFound."""
    found = ProviderPayment.objects.select_related("checkout__account").filter(pk=key).first()
    if found is None:
        raise PaymentNotFound
    return found


def find_refund(reference: str) -> Refund:
    """Raises PaymentNotFound."""
    found = Refund.objects.select_related("payment__checkout__account").filter(reference=reference).first()
    if found is None:
        raise PaymentNotFound
    return found


def refunds_to_look_at() -> QuerySet[Refund]:
    """What waits for a decision, failed, or is to be ordered at the bank; the oldest first."""
    rows = Refund.objects.filter(status__in=[RefundStatus.ASKED, RefundStatus.FAILED, RefundStatus.APPROVED, RefundStatus.SENT])
    return rows.select_related("payment__checkout__account").order_by("asked_at", "pk")


def refunds_lately(number: int = 30) -> list[Refund]:
    """The last that are over, the newest first."""
    rows = Refund.objects.filter(status__in=[RefundStatus.DONE, RefundStatus.REFUSED]).order_by("-ended_at", "-pk")
    return list(rows.select_related("payment__checkout__account")[:number])
