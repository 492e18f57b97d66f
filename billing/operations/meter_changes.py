"""A meter goes, another comes: what the old one and its card still held moves to the new one (domain.md 1.2).

Note [What moves]
    The credit the old meter shows and what its card still carries become one order of their own, without money. A purchase that never
    reached the old meter is not part of it: it stays what it is, and goes to the new one by that one's way, card or air. Of a
    connected meter nobody may know whether it took the last purchase before it was unscrewed; its display is the witness
    (``meter_commands.give_up_meter``). A meter that is read holds no credit, but must be billed to its end
    first. Gas that the old meter lent is not collected: a new meter cannot be made to owe.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

import accounts.operations
from accounts.actors import Actor
from accounts.models import Account, GasCard, Meter
from casework.operations import move

from ..bill_refusals import FinalBillMissing
from ..card_rules import Operation
from ..devices.cards import CardImage
from ..models import CardWrite, ConnectedMeter, Reversal, TopUp
from ..queries.final_bills import is_billed_to_the_end
from ..refusals import NoPrepaidMeter
from ..states import NOT_ON_A_CARD, TOP_UP
from .card_life import check_nothing_open, lock_cards, make_card_row, take_in
from .credits import new_credit
from .meter_commands import give_up_meter, queue_recharge

_OPEN = (Reversal.Status.ASKED, Reversal.Status.APPROVED)


@transaction.atomic
def change_meter(
    *,
    account: Account,
    new: accounts.operations.NewMeter,
    residual_litres: int,
    by: Actor,
    at: datetime,
    seen: CardImage | int | None = None,
) -> CardWrite | None:
    """A new meter; the credit of the old one waits to be written to its new card (counter 1), or is on its way to it by air.

    ``residual_litres`` is what the old one still showed. ``seen`` is its card as just read; of a connected meter the number of the
    last command it shows as done. The write of the new card is handed back, for the driver; None where the new meter takes none.
    Raises CardBusy while a write of any card of the account is not settled, or the credit of an earlier change or lost gas is
    not on a card, WrongCard, WrongCounter, CommandNumberNeeded, FinalBillMissing, AccountClosed, NoPrepaidMeter, MeterInUse.
    """
    if new.kind not in Meter.PREPAID:
        raise NoPrepaidMeter
    lock_cards(account)
    old = _meter_in_use(account)
    residual = None if old.kind == Meter.Kind.MECHANICAL else residual_litres
    credit = (residual or 0) + _take_out(account, old, seen, new.kind, by=by, at=at)
    check_nothing_open(account)
    accounts.operations.remove_meter(meter=old, residual_litres=residual, by=by, at=at)
    meter = accounts.operations.install_meter(account=account, meter=new, by=by, at=at)
    if meter.is_connected:
        ConnectedMeter.objects.create(meter=meter)
        if credit:
            new_credit(meter, TopUp.Kind.METER_CHANGE, credit, reason=old.serial, by=by, at=at)
        _send(account, by=by, at=at)
        return None
    write = make_card_row(GasCard(account=account, meter=meter), Operation.FIRST_CARD, by=by, at=at)
    _waiting(account).filter(card=None).update(meter=meter, card=write.card)
    if credit:
        new_credit(write.card, TopUp.Kind.METER_CHANGE, credit, reason=old.serial, by=by, at=at)
    return write


def _meter_in_use(account: Account) -> Meter:
    """What a meter that is read has counted must be on a bill: afterwards nobody bills it. Raises NoPrepaidMeter, FinalBillMissing."""
    meter = account.meters.filter(removed_at__isnull=True).first()
    if meter is None:
        raise NoPrepaidMeter
    if meter.kind == Meter.Kind.MECHANICAL and not is_billed_to_the_end(account):
        raise FinalBillMissing
    return meter


def _take_out(account: Account, old: Meter, seen: CardImage | int | None, new_kind: str, *, by: Actor, at: datetime) -> int:
    """Settle what was on its way to the old meter, and end its card; the litres besides what it shows that move on."""
    if old.is_connected:
        give_up_meter(meter=old, shown=seen if isinstance(seen, int) else None, by=by, at=at)
        return _earlier_credit(account, by=by, at=at)
    card = account.cards.filter(status=GasCard.Status.ACTIVE).select_related("account", "meter").first()
    if card is None:
        return 0
    status = GasCard.Status.RETURNED if new_kind == Meter.Kind.IOT else GasCard.Status.REPLACED
    return take_in(card, seen if isinstance(seen, CardImage) else None, status, by=by, at=at)


def _earlier_credit(account: Account, *, by: Actor, at: datetime) -> int:
    """Credit of an earlier change that this meter never took goes on with its own: a new card takes only one."""
    litres = 0
    for earlier in _waiting(account).filter(kind=TopUp.Kind.METER_CHANGE):
        move(earlier, TOP_UP, "reverse", by=by, at=at, amount=0)
        litres += earlier.litres
    return litres


def _send(account: Account, *, by: Actor, at: datetime) -> None:
    """Nothing waits for a card any more: it goes by air, the oldest first, but for what somebody wants the money back for."""
    for top_up in _waiting(account).exclude(reversals__status__in=_OPEN).order_by("paid_at", "pk"):
        queue_recharge(top_up=top_up, by=by, at=at)


def _waiting(account: Account) -> QuerySet[TopUp]:
    return TopUp.objects.filter(account=account, status__in=NOT_ON_A_CARD)
