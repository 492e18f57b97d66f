"""When the gas was off though nobody at the meter wanted it so: whoever keeps the interruptions of supply says so through here.

An app that does has a ``supply_stops.py`` with ``stops_of(premises, since)``. This floor knows none of them.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module
from typing import NamedTuple

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from accounts.clock import business_date
from accounts.models import Premises

_DAY = timedelta(days=1)


class Stop(NamedTuple):
    """Gas was off from a moment until another; without an end it still is."""

    began: datetime
    ended: datetime | None


type StopsOf = Callable[[Premises, datetime], Sequence[Stop]]


@cache
def _known() -> tuple[StopsOf, ...]:
    found = [config for config in apps.get_app_configs() if config.module and module_has_submodule(config.module, "supply_stops")]
    return tuple(import_module(f"{config.name}.supply_stops").stops_of for config in found if config.name != __package__)


def stops_of(premises: Premises, *, since: datetime) -> list[Stop]:
    """Every stop at a place that was not over before ``since``."""
    return [stop for ask in _known() for stop in ask(premises, since)]


def days_of(stops: Sequence[Stop], *, first: date, last: date) -> set[date]:
    """The days from ``first`` to ``last`` on which gas was off, if only for a part of them."""
    found: set[date] = set()
    for stop in stops:
        day, until = max(first, business_date(stop.began)), min(last, business_date(stop.ended) if stop.ended else last)
        while day <= until:
            found.add(day)
            day += _DAY
    return found
