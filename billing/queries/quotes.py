"""What a purchase would cost now, and why: shown to the customer, and compared again when the money is taken."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.clock import business_date
from accounts.models import Account, Meter

from .. import limits, tariffs, wording
from ..models import TariffVersion
from ..refusals import AccountClosed, AccountFrozen, NoCardMeter, NoPrepaidMeter, NothingToBuy, OverLimit, OverMeterCap, Refused
from .pricing import Pricing, pricing


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why the price is what it is: facts for a template to put into words. Volumes are litres, ``until`` is the last day."""

    decision: str
    version_number: int
    effective_from: date
    year_began: date
    next_year: date
    changed_within_year: bool
    position_before: int
    position_after: int
    tier_before: int
    tier_after: int
    left_in_tier: int | None
    persons: int | None
    extra_persons: int
    allowance_until: date | None
    free_left_after: int
    most_litres: int | None


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A price for a volume: its lines sum to ``amount`` (minor units); valid while the ``fingerprint`` stays the same."""

    account: Account
    meter: Meter
    litres: int
    free_litres: int
    amount: int
    lines: tuple[tariffs.Line, ...]
    tariff_version: TariffVersion
    tier_year: int
    position_litres: int
    tiers: tuple[tariffs.Step, ...]
    fingerprint: str
    explanation: Explanation


class StaleQuote(Refused):
    """The price is not what the customer was told; ``quote`` is what it would be now."""

    code = "stale_quote"

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        super().__init__(
            _("The price has changed since it was shown: it is now %(amount)s. Nothing was sold; show the customer the new price.")
            % {"amount": wording.money(quote.amount)}
        )


def quote(*, account: Account, at: datetime, litres: int | None = None, amount: int | None = None) -> Quote:
    """The price of a volume, or the greatest volume an amount (minor units) buys.

    Raises AccountFrozen, AccountClosed, NoPrepaidMeter, NoTariff, NothingToBuy, OverMeterCap, OverLimit.
    """
    check_may_buy(account)
    meter = prepaid_meter(account)
    today = pricing(account, business_date(at), cap_litres=meter.cap_litres)
    if litres is None:
        if amount is None:
            raise TypeError("quote() needs litres or amount")
        litres = tariffs.volume_for_amount(today.tiers, position=today.position_litres, amount=amount, free=today.free_left)
    return quote_of(today, account=account, meter=meter, litres=litres)


def check_may_buy(account: Account) -> None:
    """Raises AccountFrozen or AccountClosed."""
    if account.status == Account.Status.FROZEN:
        raise AccountFrozen(account.frozen_reason)
    if account.status == Account.Status.CLOSED:
        raise AccountClosed


def prepaid_meter(account: Account) -> Meter:
    """The meter in use that gas can be bought for: one with a card, or a connected one. Raises NoPrepaidMeter."""
    meter = Meter.objects.filter(account=account, removed_at__isnull=True).first()
    if meter is None or not (meter.takes_card or meter.is_connected):
        raise NoPrepaidMeter
    return meter


def card_meter(account: Account) -> Meter:
    """The card meter in use. Raises NoCardMeter."""
    meter = Meter.objects.filter(account=account, removed_at__isnull=True).first()
    if meter is None or not meter.takes_card:
        raise NoCardMeter
    return meter


def quote_of(today: Pricing, *, account: Account, meter: Meter, litres: int) -> Quote:
    """The quote under known conditions. Raises NothingToBuy, OverMeterCap, OverLimit."""
    if litres <= 0:
        raise NothingToBuy
    _check_limits(today, litres)
    lines = tariffs.split(today.tiers, position=today.position_litres, litres=litres, free=today.free_left)
    free = lines[0].litres if lines[0].tier == 0 else 0
    return Quote(
        account=account,
        meter=meter,
        litres=litres,
        free_litres=free,
        amount=tariffs.total(lines),
        lines=lines,
        tariff_version=today.version,
        tier_year=today.tier_year,
        position_litres=today.position_litres,
        tiers=today.tiers,
        fingerprint=_fingerprint(today, account, litres),
        explanation=_explain(today, litres - free, free),
    )


def _check_limits(today: Pricing, litres: int) -> None:
    exceeded = limits.first_exceeded(today.limits, litres, today.bought)
    if exceeded is None:
        return
    if exceeded.which is limits.Which.METER:
        raise OverMeterCap(exceeded.limit_litres)
    raise OverLimit(exceeded.which, limit_litres=exceeded.limit_litres, left_litres=exceeded.left_litres, frees_on=exceeded.frees_on)


def _fingerprint(today: Pricing, account: Account, litres: int) -> str:
    """Changes with anything that could change the price: version, year, position, allowances, volume."""
    tiers = [(step.number, step.upper_litres, step.unit_price) for step in today.tiers]
    facts = [account.pk, today.version.pk, today.tier_year, today.position_litres, today.free_left, tiers, litres]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]


def _explain(today: Pricing, priced: int, free: int) -> Explanation:
    before, after = today.position_litres, today.position_litres + priced
    tier_after = tariffs.tier_of(today.tiers, after)
    return Explanation(
        decision=today.version.decision,
        version_number=today.version.number,
        effective_from=today.version.effective_from,
        year_began=today.year_began,
        next_year=today.next_year,
        changed_within_year=today.version.effective_from > today.year_began,
        position_before=before,
        position_after=after,
        tier_before=tariffs.tier_of(today.tiers, before).number,
        tier_after=tier_after.number,
        left_in_tier=None if tier_after.upper_litres is None else tier_after.upper_litres - after,
        persons=today.persons,
        extra_persons=today.extra_persons,
        allowance_until=today.allowance_until,
        free_left_after=today.free_left - free,
        most_litres=limits.most(today.limits, today.bought),
    )
