"""What an order puts on the card: litres, or for amount meters (金额表) money and the price plan they apply themselves."""

from collections.abc import Sequence

from accounts.models import Meter

from .. import tariffs
from ..card_rules import Load
from ..models import TopUp
from ..money import price_of
from .pricing import pricing


def load_of(top_up: TopUp, *, tiers: Sequence[tariffs.Step] | None = None) -> Load:
    """``tiers`` are those of the sale, where the caller has them at hand; needs ``account`` and ``meter`` loaded."""
    if top_up.meter.kind != Meter.Kind.AMOUNT:
        return Load(litres=top_up.litres)
    today = pricing(top_up.account, top_up.bought_on)
    steps = tiers or today.tiers
    return Load(
        litres=top_up.litres,
        money=_worth(top_up, steps),
        prices=tuple(step.unit_price for step in steps),
        bounds=tuple(step.upper_litres for step in steps if step.upper_litres is not None),
        cycle_starts=today.year_began,
        price_version=today.version.number,
    )


def _worth(top_up: TopUp, steps: Sequence[tariffs.Step]) -> int:
    """The meter charges its own price for every litre: what the customer got free must be on the card as money too."""
    unpaid = top_up.free_litres if top_up.kind == TopUp.Kind.PURCHASE else top_up.litres
    return top_up.amount + price_of(unpaid, steps[0].unit_price)
