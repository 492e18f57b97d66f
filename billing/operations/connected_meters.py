"""A connected meter has come: believe what it says of itself, note what it has carried out, and hand it what waits.

What it says arrives over a network that repeats and delays: reports are numbered by the meter, and an older one says nothing new
of its state. Its clock may be wrong, so moments are ours, and days that have not come yet are refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Meter

from .. import valves
from ..meter_refusals import CommandUnknown
from ..models import ConnectedMeter, MeterCommand, MeterDay
from ..queries.idle_time import idle_days, rules_of
from ..valves import Because, Rules, State, Valve
from . import meter_letters
from .meter_commands import confirm, fetch
from .valve_orders import order_valve

#: Meters keep twelve months of days, and tell a little of the year before when they have been away.
OLDEST_DAY = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a meter used on one day of its own calendar, and what it showed at the end of it (litres)."""

    day: date
    used_litres: int
    reading_litres: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a meter says when it connects. ``number`` is its own and rises; ``done`` are commands it has carried out lately."""

    number: int
    state: State
    reading_litres: int
    days: Sequence[Day] = ()
    done: Sequence[int] = ()


class Answer(NamedTuple):
    """What it is told: the commands it has not confirmed, the rules to go by, and which of its days cannot be."""

    commands: list[MeterCommand]
    rules: Rules
    refused_days: list[date]


def connect(*, meter: Meter, report: Report, by: Actor, at: datetime) -> Answer:
    """A meter's whole visit. A visit repeated because our answer was lost changes nothing and gets the same answer.

    Needs ``meter.account.customer``. Several transactions: what is confirmed stays confirmed whatever comes after.
    """
    for number in report.done:
        try:
            confirm(meter=meter, number=number, by=by, at=at)
        except CommandUnknown:
            continue  # from before our time; it is done all the same
    today = business_date(at)
    refused = sorted(one.day for one in report.days if not today - OLDEST_DAY <= one.day <= today)
    is_news = note_report(meter=meter, report=report, at=at)
    rules = rules_of(meter, at=at)
    if is_news:
        hold_to_rules(meter=meter, state=report.state, rules=rules, by=by, at=at)
    return Answer(fetch(meter=meter, by=by, at=at), rules, refused)


@transaction.atomic
def note_report(*, meter: Meter, report: Report, at: datetime) -> bool:
    """Keep what a meter says of itself and of its days, and tell the customer what they must know. False: nothing new."""
    ConnectedMeter.objects.get_or_create(meter=meter)
    known = ConnectedMeter.objects.select_for_update(no_key=True).get(pk=meter.pk)
    _keep_days(meter, report.days, business_date(at))
    if not _is_news(known, report):
        ConnectedMeter.objects.filter(pk=meter.pk).update(heard_at=at)
        return False
    columns = _columns(known, report, at) | meter_letters.remind(meter=meter, known=known, state=report.state, at=at)
    ConnectedMeter.objects.filter(pk=meter.pk).update(**columns)
    return True


def _is_news(known: ConnectedMeter, report: Report) -> bool:
    """A meter that lost its power counts its reports from 1 again; its register never goes back."""
    begins_anew = report.number == 1 and report.reading_litres >= known.reading_litres
    return report.number > known.report_number or (begins_anew and known.report_number > 1)


def _columns(known: ConnectedMeter, report: Report, at: datetime) -> dict[str, Any]:
    state = report.state
    because = state.because.value if state.because else ""
    is_same = (known.valve, known.valve_because) == (state.valve, because) and known.valve_since is not None
    return {
        "balance_litres": state.balance_litres,
        "emergency_litres": max(0, -state.balance_litres),
        "reading_litres": report.reading_litres,
        "valve": state.valve.value,
        "valve_because": because,
        "valve_since": known.valve_since if is_same else at,
        "battery_percent": state.battery_percent,
        "report_number": report.number,
        "heard_at": at,
    }


def _keep_days(meter: Meter, days: Sequence[Day], today: date) -> None:
    """Each day once; a day told again counts where the meter has counted on since."""
    possible = {one.day: one for one in days if today - OLDEST_DAY <= one.day <= today}
    known = dict(MeterDay.objects.filter(meter=meter, day__in=possible).values_list("day", "reading_litres"))
    news = [one for one in possible.values() if one.day not in known or one.reading_litres > known[one.day]]
    MeterDay.objects.bulk_create(
        [MeterDay(meter=meter, day=one.day, used_litres=one.used_litres, reading_litres=one.reading_litres) for one in news],
        update_conflicts=True,
        unique_fields=["meter", "day"],
        update_fields=["used_litres", "reading_litres"],
    )


@transaction.atomic
def hold_to_rules(*, meter: Meter, state: State, rules: Rules, by: Actor, at: datetime) -> MeterCommand | None:
    """Where a meter stands otherwise than the rules say, order it; once, until it has answered. See billing/valves.py."""
    found = valves.State(
        valve=state.valve,
        because=state.because,
        balance_litres=state.balance_litres,
        on_emergency=state.on_emergency,
        idle_days=idle_days(meter, at=at) if state.valve == Valve.OPEN else 0,
        battery_percent=state.battery_percent,
        is_tampered=state.is_tampered,
    )
    wanted = valves.settle(found, rules)
    if wanted.valve == state.valve:
        return None
    closes = wanted.valve == Valve.CLOSED
    kind = MeterCommand.Kind.CLOSE_VALVE if closes else MeterCommand.Kind.OPEN_VALVE
    because = (wanted.because or Because.LOW_CREDIT).value if closes else ""
    return order_valve(meter=meter, kind=kind, because=because, by=by, at=at)
