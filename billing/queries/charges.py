"""Charges as people and other rooms look at them: by number, by case, and how much of the money is still held in advance."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from casework.models import Case

from ..charge_states import ChargeReturnStatus, ChargeStatus
from ..models import Book, Charge, ChargeReceipt, ChargeReturn, Checkout, Entry
from ..states import CheckoutStatus

#: Decided, or waiting for it.
UNDER_WAY = (ChargeReturnStatus.ASKED, ChargeReturnStatus.APPROVED)


class ChargeNotFound(Exception):
    """No charge, return or receipt has this number, or the reader may not know."""

    def __init__(self) -> None:
        super().__init__(_("There is no such charge."))


@dataclass(frozen=True)
class ChargeMoney:
    """Where the money of a charge is, in minor units: ``paid`` is ``held`` and ``back`` and ``earned``."""

    paid: int
    held: int
    back: int
    earned: int


def money_of(charge: Charge) -> ChargeMoney:
    """As the ledger says. What goes back through a provider counts as given back from the moment it is ordered."""
    sums = dict(Entry.objects.filter(posting__charge=charge).order_by("book").values_list("book").annotate(total=Sum("amount")))
    held, earned = -sums.get(Book.ADVANCES, 0), -sums.get(Book.WORKS, 0)
    paid = charge.amount if charge.status in {ChargeStatus.PAID, ChargeStatus.EARNED, ChargeStatus.REFUNDED} else 0
    return ChargeMoney(paid, held, paid - held - earned, earned)


def find_charge(reference: str) -> Charge:
    """By its number, for whoever has it and pays. Raises ChargeNotFound."""
    found = Charge.objects.select_related("case", "timeline").filter(reference=reference.strip().upper()).first()
    if found is None:
        raise ChargeNotFound
    return found


def by_number(typed: str) -> Charge | None:
    """By the charge's own number or its contract's, as somebody types it."""
    number = typed.strip().upper()
    return Charge.objects.filter(Q(reference=number) | Q(basis=number)).first()


def open_charges() -> QuerySet[Charge]:
    """To be paid, those due first."""
    return Charge.objects.filter(status=ChargeStatus.OPEN).select_related("case").order_by("due_on", "pk")


def charges_of(case: Case) -> QuerySet[Charge]:
    """Every charge of a case, the newest first."""
    return Charge.objects.filter(case=case).prefetch_related("returns", "receipts__hall").order_by("-opened_at", "-pk")


def standing_charge(case: Case) -> Charge | None:
    """The one that is to be paid, or was and is neither earned nor given back."""
    return charges_of(case).filter(status__in=[ChargeStatus.OPEN, ChargeStatus.PAID]).first()


def open_checkout_of(charge: Charge) -> Checkout | None:
    """What somebody is paying it with just now."""
    return Checkout.objects.filter(charge=charge, status=CheckoutStatus.OPEN).order_by("-pk").first()


def checkout_of_charge(charge: Charge, reference: str) -> Checkout:
    """One online payment of this charge, with all that is shown of it. Raises ChargeNotFound."""
    rows = Checkout.objects.select_related("charge__case").prefetch_related("payments__refunds")
    found = rows.filter(charge=charge, reference=reference).first()
    if found is None:
        raise ChargeNotFound
    return found


def find_return(reference: str) -> ChargeReturn:
    """Raises ChargeNotFound."""
    found = ChargeReturn.objects.select_related("charge__case", "timeline").filter(reference=reference).first()
    if found is None:
        raise ChargeNotFound
    return found


def returns_to_look_at() -> QuerySet[ChargeReturn]:
    """What waits for a decision or for a counter, the oldest first."""
    return ChargeReturn.objects.filter(status__in=UNDER_WAY).select_related("charge__case").order_by("asked_at", "pk")


def returned_so_far(charge: Charge) -> int:
    """What of a charge is to go back or went, in minor units."""
    total: int | None = charge.returns.exclude(status=ChargeReturnStatus.REFUSED).aggregate(total=Sum("amount"))["total"]
    return total or 0


def find_receipt(full_number: str) -> ChargeReceipt:
    """By the number on the paper. Raises ChargeNotFound."""
    code, year, number = [*full_number.rsplit("-", 2), "", ""][:3]
    if not (year.isdecimal() and number[:1] == "C" and number[1:].isdecimal()):
        raise ChargeNotFound
    rows = ChargeReceipt.objects.select_related("hall", "charge__case", "charge_return")
    found = rows.filter(hall__code=code, year=int(year), number=int(number[1:])).first()
    if found is None:
        raise ChargeNotFound
    return found
