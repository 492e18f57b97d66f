"""What an account bought, where it stands, and what is still to reach a card."""

from datetime import datetime

from django.db.models import Case, QuerySet, Value, When

from accounts.clock import business_date
from accounts.models import Account

from ..models import TopUp
from ..states import NOT_ON_A_CARD, TopUpStatus
from .pricing import Pricing, pricing

#: Written to a card before anything else: a meter takes them only under the counter that the card has now.
COMES_FIRST = (TopUp.Kind.METER_CHANGE, TopUp.Kind.LOST_GAS)
_TURN = Case(When(status=TopUpStatus.RESERVED, then=Value(0)), When(kind__in=COMES_FIRST, then=Value(1)), default=Value(2))


def purchases(account: Account) -> QuerySet[TopUp]:
    """Everything bought or credited, the newest first, with what a list shows."""
    return (
        TopUp.objects.filter(account=account)
        .select_related("payment", "tariff_version__tariff", "card", "meter", "shift__counter__hall")
        .prefetch_related("receipts__hall")
        .order_by("-paid_at", "-pk")
    )


def unwritten(account: Account) -> QuerySet[TopUp]:
    """Paid or credited and not known to be on a card, in the order in which a card takes them; else the oldest first."""
    rows = TopUp.objects.filter(account=account, status__in=NOT_ON_A_CARD).select_related("card", "meter", "account")
    return rows.order_by(_TURN, "paid_at", "pk")


def account_position(account: Account, at: datetime) -> Pricing:
    """Where the account stands in its tier year: tiers as widened, position, limits, free volume. Raises NoTariff."""
    return pricing(account, business_date(at))
