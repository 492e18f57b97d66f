"""Volume without money: a gift, lost credit written again, the rest of an old meter.

Nothing is posted for it: no money moved, and the gas was never sold. It stands in the list of purchases with its reason,
and does not count in the tiers of the year.
"""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Account, GasCard, Meter
from casework.operations import Step, move, open_timeline

from .. import permissions, references
from ..models import TopUp
from ..queries.quotes import card_meter, check_may_buy
from ..refusals import CardBusy, NoCardIssued, NotLost, OverMeterCap, ReasonMissing
from ..states import NOT_ON_A_CARD, TOP_UP, TopUpStatus


@transaction.atomic
def credit_gift(*, account: Account, litres: int, reason: str, by: Actor, at: datetime) -> TopUp:
    """Give volume away, to be written like a purchase.

    One at a time, so that a form sent twice gives once. Raises Forbidden, ReasonMissing, NoCardMeter, NoCardIssued,
    CardBusy while another gift waits, OverMeterCap, AccountFrozen, AccountClosed.
    """
    permissions.check_may_give_gas(by, at=at)
    card = _card(account)
    waiting = TopUp.objects.filter(account=account, kind=TopUp.Kind.GIFT, status__in=NOT_ON_A_CARD).first()
    if waiting is not None:
        raise CardBusy(waiting.reference)
    cap = card_meter(account).cap_litres
    if cap is not None and litres > cap:
        raise OverMeterCap(cap)
    return new_credit(card, TopUp.Kind.GIFT, litres, reason=reason, by=by, at=at)


@transaction.atomic
def restore_lost_gas(*, top_up: TopUp, reason: str, by: Actor, at: datetime) -> TopUp:
    """Write a purchase's volume once more that vanished on its way to the meter; the counter stays as it is.

    Only the last purchase written to the card in use (a replacement carries the counter on), and only once.
    Raises ReasonMissing, NotLost, NoCardIssued, AccountFrozen.
    """
    card = _card(top_up.account)
    top_up.refresh_from_db(fields=["status", "counter"])
    again = TopUp.objects.filter(account=top_up.account_id, kind=TopUp.Kind.LOST_GAS, counter=top_up.counter, meter=card.meter_id)
    waiting = TopUp.objects.filter(account=top_up.account_id, kind=TopUp.Kind.LOST_GAS, counter__isnull=True)
    is_last = top_up.status == TopUpStatus.WRITTEN and top_up.counter == card.counter and top_up.meter_id == card.meter_id
    if not is_last or card.counter == 0 or again.exists() or waiting.exists():
        raise NotLost
    # It goes on the card before whatever was bought since, for that raises the counter.
    for order in TopUp.objects.filter(card=card, status=TopUpStatus.RESERVED):
        move(order, TOP_UP, "release", by=by, at=at)
    return new_credit(card, TopUp.Kind.LOST_GAS, top_up.litres, reason=reason, by=by, at=at)


def new_credit(to: GasCard | Meter, kind: TopUp.Kind, litres: int, *, reason: str, by: Actor, at: datetime) -> TopUp:
    """The order, waiting for the card or the connected meter, in the caller's transaction. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    day = business_date(at)
    step = Step("top_up.credited", {"account": to.account.number, "litres": litres, "kind": kind.value})
    return TopUp.objects.create(
        reference=references.new_reference(),
        account=to.account,
        meter=to if isinstance(to, Meter) else to.meter,
        card=None if isinstance(to, Meter) else to,
        kind=kind,
        channel=TopUp.Channel.COUNTER,
        litres=litres,
        amount=0,
        tier_year=day.year,
        bought_on=day,
        reason=reason.strip(),
        paid_at=at,
        timeline=open_timeline(kind="top_up", steps=[step], by=by, at=at),
    )


def _card(account: Account) -> GasCard:
    """The card in use, its account under lock."""
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    check_may_buy(locked)
    card = GasCard.objects.select_related("account", "meter").filter(account=locked, status=GasCard.Status.ACTIVE).first()
    if card is None:
        raise NoCardIssued
    return card
