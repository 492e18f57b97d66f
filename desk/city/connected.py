"""A few connected meters with a year of days behind them: one low, one lending, one closed, one silent, one that waits for its gas.

The forecasts of the last months are made anew from the days before each and judged by the days after, so that there is something true
to look at from the first day.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from accounts.actors import System
from accounts.clock import business_date
from accounts.models import Account, Meter
from billing import references
from billing.credit_forecast import COOKING, HEATING, season
from billing.models import ConnectedMeter, CreditForecast, ForecastTrial, MeterDay, TopUp
from billing.operations.credit_forecasts import judge_forecasts, reckon
from billing.operations.meter_commands import queue_recharge
from billing.queries.credit_facts import Facts, is_day_off
from casework.operations import Step, open_timeline

_BY = System("city")
_DAYS = 365
_HOUR = timedelta(hours=1)
#: How they stand, one after the other; what is left out is as it is in a meter that is well. ``ago``: hours since it was heard of.
_STATES: tuple[dict[str, Any], ...] = (
    {"balance_litres": 42_300, "ago": 2},
    {"balance_litres": 4_100, "ago": 1},
    {"balance_litres": -900, "emergency_litres": 900, "ago": 3},
    {"balance_litres": 0, "valve": "closed", "valve_because": "low_credit", "ago": 5},
    {"balance_litres": 61_000, "valve": "closed", "valve_because": "tamper", "ago": 4},
    {"balance_litres": 18_700, "battery_percent": 4, "valve": "closed", "valve_because": "battery", "ago": 9},
    {"balance_litres": 25_500, "ago": 97},
    {"balance_litres": 2_600, "ago": 6},
)
#: The last of them has gas on its way; forecasts are replayed from these many days ago.
_ON_ITS_WAY = 60_000
_REPLAYED = range(110, 20, -10)


def bring_connected_meters(at: datetime) -> None:
    """As many as there are states, at the first accounts whose meter is connected."""
    meters = Meter.objects.filter(kind=Meter.Kind.IOT, removed_at=None, account__status=Account.Status.OPEN)
    found = list(meters.select_related("account__customer").order_by("pk")[: len(_STATES)])
    for place, (meter, state) in enumerate(zip(found, _STATES, strict=False)):
        luck = Random(place)  # noqa: S311 - a demo city
        days = list(_year(meter.account, business_date(at), luck))
        MeterDay.objects.bulk_create(_rows(meter, days))
        _state(meter, state, sum(litres for _day, litres in days), at)
        ForecastTrial.objects.bulk_create(_replayed(meter, days))
    if len(found) == len(_STATES):
        _send_gas(found[-1], at)
    judge_forecasts(at=at)


def _year(account: Account, today: date, luck: Random) -> Iterator[tuple[date, int]]:
    """What a household uses: with the season, more on days off, never quite even."""
    heats = account.price_class == Account.PriceClass.RESIDENT_HEATING
    weight, mean = season(HEATING if heats else COOKING), 2_600 if heats else 650
    for ago in range(_DAYS, -1, -1):
        day = today - timedelta(days=ago)
        share = weight(day) * (1.3 if is_day_off(day) else 1.0) * luck.uniform(0.6, 1.4)
        yield day, round(mean * share) // (2 if ago == 0 else 1)


def _rows(meter: Meter, days: Sequence[tuple[date, int]]) -> Iterator[MeterDay]:
    shown = 0
    for day, litres in days:
        shown += litres
        yield MeterDay(meter=meter, day=day, used_litres=litres, reading_litres=shown)


def _state(meter: Meter, state: dict[str, Any], shown: int, at: datetime) -> None:
    heard = at - state["ago"] * _HOUR
    told = {name: value for name, value in state.items() if name != "ago"}
    columns = {"battery_percent": 86, "reading_litres": shown, "report_number": _DAYS * 4, "heard_at": heard, "valve_since": heard, **told}
    ConnectedMeter.objects.create(meter=meter, **columns)


def _replayed(meter: Meter, days: Sequence[tuple[date, int]]) -> Iterator[ForecastTrial]:
    """What would have been said of so much credit as lasts about two weeks, made from nothing but the days before."""
    for ago in _REPLAYED:
        before, made_on = days[:-ago], days[-ago][0]
        litres = sum(litres for _day, litres in before[-13:])
        source, occasion = CreditForecast.Source.METER, f"replay-{made_on}"
        facts = Facts(account=meter.account, source=source, uses=before, litres=litres, since=made_on, occasion=occasion)
        told = reckon(facts, made_on)
        if told is not None:
            yield ForecastTrial(
                account=meter.account,
                source=source,
                occasion=occasion,
                made_on=made_on,
                litres=litres,
                since=made_on,
                ends_on=told.ends_on,
                earliest=told.earliest,
                latest=told.latest,
            )


def _send_gas(meter: Meter, at: datetime) -> None:
    """A gift, because no money moves: it waits for the meter to connect."""
    moment = at - _HOUR
    step = Step("top_up.credited", {"account": meter.account.number, "litres": _ON_ITS_WAY, "kind": TopUp.Kind.GIFT.value})
    top_up = TopUp.objects.create(
        reference=references.new_reference(),
        account=meter.account,
        meter=meter,
        kind=TopUp.Kind.GIFT,
        channel=TopUp.Channel.COUNTER,
        litres=_ON_ITS_WAY,
        amount=0,
        tier_year=moment.year,
        bought_on=business_date(moment),
        reason="示例：首次装表赠送",
        paid_at=moment,
        timeline=open_timeline(kind="top_up", steps=[step], by=_BY, at=moment),
    )
    queue_recharge(top_up=top_up, by=_BY, at=moment)
