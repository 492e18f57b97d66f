"""What a credit forecast is made of: use or purchases, the credit there was, and the country's days off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.conf import settings
from django.db.models import Exists, OuterRef, Sum

import sla.holidays
from accounts.clock import business_date
from accounts.models import Account, Meter

from ..credit_forecast import COOKING, HEATING, TRADE, Uses
from ..models import CardSighting, ConnectedMeter, CreditForecast, MeterCommand, MeterDay, TopUp
from ..states import UNCONFIRMED, TopUpStatus

#: How far back use is looked at: a year and a little.
LOOK_BACK = timedelta(days=400)

_SHARES = {Account.PriceClass.RESIDENT_HEATING: HEATING, Account.PriceClass.COMMERCIAL: TRADE, Account.PriceClass.INDUSTRIAL: TRADE}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one account: its uses (or purchases) in their order, and the credit it had on the morning of ``since``."""

    account: Account
    source: CreditForecast.Source
    uses: Uses
    litres: int
    since: date
    occasion: str
    was_reminded: bool = False

    @property
    def shares(self) -> Sequence[int]:
        """Of a year's use by month, as is usual for this class of customer."""
        return _SHARES.get(Account.PriceClass(self.account.price_class), COOKING)


@cache
def _special_days(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Holidays, and weekend days that are worked."""
    days = sla.holidays.days_of(country, year).days
    return frozenset(one.day for one in days if not one.is_working), frozenset(one.day for one in days if one.is_working)


def is_day_off(day: date) -> bool:
    """By the country's calendar, as far as it is published."""
    off, worked = _special_days(str(settings.PROMISES["country"]), day.year)
    return day in off or (day.weekday() >= 5 and day not in worked)


def due(today: date, *, limit: int) -> list[Account]:
    """Accounts with a meter that is paid for in advance, whose forecast is not of today."""
    meters = Meter.objects.filter(account=OuterRef("pk"), kind__in=Meter.PREPAID, removed_at=None)
    made = CreditForecast.objects.filter(account=OuterRef("pk"), made_on__gte=today)
    rows = Account.objects.filter(Exists(meters), ~Exists(made), status=Account.Status.OPEN)
    return list(rows.select_related("customer").order_by("pk")[:limit])


def facts_of(accounts: Sequence[Account], today: date) -> list[Facts]:
    """With a fixed number of statements, however many they are."""
    states = {row.meter.account_id: row for row in _connected(accounts)}
    by_meter = _by_meter([account for account in accounts if account.pk in states], states, today)
    return by_meter + _by_purchases([account for account in accounts if account.pk not in states], today)


def _connected(accounts: Sequence[Account]) -> Iterable[ConnectedMeter]:
    rows = ConnectedMeter.objects.filter(meter__account__in=accounts, meter__removed_at=None, heard_at__isnull=False)
    return rows.select_related("meter")


def _by_meter(accounts: Sequence[Account], states: Mapping[int, ConnectedMeter], today: date) -> list[Facts]:
    meters = {states[account.pk].pk: account for account in accounts}
    uses: dict[int, list[tuple[date, int]]] = {key: [] for key in meters}
    # Today is not over: its use would look like a quiet day.
    days = MeterDay.objects.filter(meter__in=meters, day__gte=today - LOOK_BACK, day__lt=today).order_by("day")
    for key, day, litres in days.values_list("meter_id", "day", "used_litres"):
        uses[key].append((day, litres))
    recharges = MeterCommand.objects.filter(meter__in=meters, kind=MeterCommand.Kind.RECHARGE).order_by("number")
    last = dict(recharges.values_list("meter_id", "top_up_id"))
    coming = recharges.filter(status__in=UNCONFIRMED).order_by().values("meter_id").annotate(litres=Sum("litres"))
    on_their_way = dict(coming.values_list("meter_id", "litres"))
    return [
        Facts(
            account=account,
            source=CreditForecast.Source.METER,
            uses=uses[key],
            litres=states[account.pk].balance_litres + on_their_way.get(key, 0),
            since=_heard_on(states[account.pk]),
            occasion=f"t{last[key]}" if key in last else f"m{key}-{today:%Y%m}",
            was_reminded=states[account.pk].reminded_at is not None,
        )
        for key, account in meters.items()
    ]


def _heard_on(state: ConnectedMeter) -> date:
    assert state.heard_at is not None
    return business_date(state.heard_at)


def _by_purchases(accounts: Sequence[Account], today: date) -> list[Facts]:
    bought: dict[int, dict[date, int]] = {account.pk: {} for account in accounts}
    last: dict[int, int] = {}
    rows = TopUp.objects.filter(account__in=accounts, kind=TopUp.Kind.PURCHASE, bought_on__gte=today - LOOK_BACK)
    rows = rows.exclude(status=TopUpStatus.REVERSED).order_by("bought_on", "pk")
    for key, day, litres, pk in rows.values_list("account_id", "bought_on", "litres", "pk"):
        bought[key][day] = bought[key].get(day, 0) + litres
        last[key] = pk
    seen_full = _seen_with_gas(accounts)
    found = []
    for account in accounts:
        uses = list(bought[account.pk].items())
        day, litres = uses[-1] if uses else (today, 0)
        since = max(day, seen_full.get(account.pk, day))
        occasion = f"t{last.get(account.pk, 0)}"
        source = CreditForecast.Source.PURCHASES
        found.append(Facts(account=account, source=source, uses=uses, litres=litres, since=since, occasion=occasion))
    return found


def _seen_with_gas(accounts: Sequence[Account]) -> dict[int, date]:
    """When a reader last saw an account's card with gas that its meter had not taken: until then nothing of it was burnt."""
    sightings = CardSighting.objects.filter(card__account__in=accounts, card__status="active").select_related("card")
    return {one.card.account_id: business_date(one.at) for one in sightings if not one.seen.is_loaded}
