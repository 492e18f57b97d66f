"""Who sells holds the card with its account, and the till: two sales, or a sale and a count, wait for each other here."""

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Account, GasCard

from ..models import Shift
from ..refusals import ClosedShift, NotYourShift
from ..states import ShiftStatus


def hold_card(cards: QuerySet[GasCard]) -> GasCard | None:
    """The one card of a query and its account, locked (account first) until the transaction ends, with all that a sale asks of them."""
    locked = cards.select_for_update(no_key=True, of=("account", "self"))
    return next(iter(locked.select_related("meter", "account__customer", "account__premises")), None)


def hold_account(accounts: QuerySet[Account]) -> Account:
    """The one account of a query, locked until the transaction ends, for a sale without a card. Raises Account.DoesNotExist."""
    return accounts.select_for_update(no_key=True, of=("self",)).select_related("customer", "premises").get()


def hold_till(shifts: QuerySet[Shift]) -> Shift | None:
    """The one shift of a query, locked until the end of the transaction: it cannot be counted while money goes in or out."""
    locked = shifts.select_for_update(no_key=True, of=("self",))
    return next(iter(locked.select_related("counter__hall", "clerk")), None)


def check_till(shift: Shift | None, *, by: Actor) -> Shift:
    """Whether a till that is held takes money from somebody. Raises ClosedShift, NotYourShift."""
    if shift is None or shift.status != ShiftStatus.OPEN:
        raise ClosedShift
    if by.actor_label != f"user:{shift.clerk.user_id}" and not by.actor_label.startswith("system:"):
        raise NotYourShift
    return shift


def check_shift(shift: Shift, *, by: Actor) -> Shift:
    """The till as it is now, held. Raises ClosedShift, NotYourShift."""
    return check_till(hold_till(Shift.objects.filter(pk=shift.pk)), by=by)
