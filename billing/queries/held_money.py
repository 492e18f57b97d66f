"""Money that came in and could not be used: what is left of it, what it could be for, and the wishes that wait."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.models import Account

from ..models import Bill, Charge, Checkout, HeldAssignment, ProviderPayment, Refund
from ..states import AssignmentStatus, RefundStatus
from .charges import by_number
from .checkouts import held_payments

LATELY = 30


class AssignmentNotFound(Exception):
    """Nobody asked for this."""

    def __init__(self) -> None:
        super().__init__(_("There is no such wish to use held money."))


class TargetNotFound(Exception):
    """Nothing that could be paid has this number."""

    def __init__(self) -> None:
        super().__init__(_("There is no order, no bill, no charge and no account with this number."))


@dataclass(frozen=True)
class Target:
    """What held money could be for: an order (with or without its bill), a bill, the credit of an account, or a charge for works."""

    account: Account | None = None
    checkout: Checkout | None = None
    bill: Bill | None = None
    charge: Charge | None = None

    @property
    def facts(self) -> dict[str, str]:
        """Whose it is, for the journal."""
        if self.charge is not None:
            return {"charge": self.charge.reference}
        return {"account": self.account.number} if self.account else {}

    @property
    def costs(self) -> int | None:
        """What it takes, in minor units; None for credit, which takes anything."""
        priced = self.checkout or self.charge
        if priced is not None:
            return priced.amount
        return self.bill.to_pay if self.bill is not None else None


def find_target(number: str) -> Target:
    """Whatever has this number, as it is typed; a charge also by its contract's. Raises TargetNotFound."""
    number = number.strip().upper()
    checkout = Checkout.objects.select_related("account__customer", "bill", "charge").filter(reference=number).first()
    if checkout is not None and checkout.account is not None:
        return Target(checkout.account, checkout=checkout)
    # An online payment of a charge may have run out meanwhile; what it was for may still be paid.
    charge = checkout.charge if checkout else by_number(number)
    if charge is not None:
        return Target(charge=charge)
    bill = Bill.objects.select_related("account__customer").filter(number=number).first()
    if bill is not None:
        return Target(bill.account, bill=bill)
    account = Account.objects.select_related("customer").filter(number=number).first()
    if account is None:
        raise TargetNotFound
    return Target(account)


@dataclass(frozen=True)
class HeldRow:
    """One held payment as the list shows it; ``left`` is what nobody has asked for yet."""

    payment: ProviderPayment
    left: int

    @property
    def is_touched(self) -> bool:
        """Something of it is asked for, used or given back already."""
        return self.left != self.payment.amount


def held_rows() -> list[HeldRow]:
    """Money that could not be used and is still held, the oldest first; in three queries."""
    return [HeldRow(payment, left_loaded(payment)) for payment in held_payments()]


def left_loaded(payment: ProviderPayment) -> int:
    """As ``left_of``, out of refunds and assignments that are loaded."""
    back = [row.amount for row in payment.refunds.all() if row.is_by_itself and row.status != RefundStatus.REFUSED]
    used = [row.amount for row in payment.assignments.all() if row.status != AssignmentStatus.REFUSED]
    return payment.amount - sum(back) - sum(used)


def left_of(payment: ProviderPayment) -> int:
    """What of a held payment nobody has asked for yet, in minor units."""
    return payment.amount - asked_of(payment)


def asked_of(payment: ProviderPayment) -> int:
    """What of a held payment is to go back or be used, or did (minor units). What was made of it and goes back takes nothing more."""
    return asked_back(payment) + _total(payment.assignments.exclude(status=AssignmentStatus.REFUSED))


def asked_back(payment: ProviderPayment) -> int:
    """What of a payment is to go back by itself, or went (minor units)."""
    return _total(_by_themselves(payment).exclude(status=RefundStatus.REFUSED))


def still_held(payment: ProviderPayment) -> int:
    """What of a held payment is neither given back nor used, in minor units."""
    back = _by_themselves(payment).filter(status=RefundStatus.DONE)
    return payment.amount - _total(back) - _total(payment.assignments.filter(status=AssignmentStatus.DONE))


def _by_themselves(payment: ProviderPayment) -> QuerySet[Refund]:
    """Not those of a purchase or a charge that the payment was used for."""
    return payment.refunds.filter(reversal__isnull=True, charge_return__isnull=True)


def _total(rows: QuerySet[Any]) -> int:
    total: int | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or 0


def find_assignment(reference: str) -> HeldAssignment:
    """With all that is shown of it. Raises AssignmentNotFound."""
    found = _rows().filter(reference=reference).first()
    if found is None:
        raise AssignmentNotFound
    return found


def assignments_waiting() -> QuerySet[HeldAssignment]:
    """What waits for the second signature, the oldest first."""
    return _rows().filter(status=AssignmentStatus.ASKED).order_by("asked_at", "pk")


def assignments_lately() -> list[HeldAssignment]:
    """The last that were decided, the newest first."""
    return list(_rows().exclude(status=AssignmentStatus.ASKED).order_by("-decided_at", "-pk")[:LATELY])


def _rows() -> QuerySet[HeldAssignment]:
    return HeldAssignment.objects.select_related("payment", "account__customer", "checkout__bill", "bill", "charge")
