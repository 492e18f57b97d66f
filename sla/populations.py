"""Shares of everybody: who knows how many that is. An app with a ``populations.py`` has ``POPULATIONS`` by the name the book gives them."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from .duties import Turn
from .policies import Policy

#: Policy, turn and share (per cent) -> how many a turn must reach.
type Counter = Callable[[Policy, Turn, int], int]


def counter_of(population: str) -> Counter | None:
    """Who knows this population, if some app does."""
    return _counters().get(population)


@cache
def _counters() -> Mapping[str, Counter]:
    modules = [
        f"{config.name}.populations"
        for config in apps.get_app_configs()
        if config.module and config.name != "sla" and module_has_submodule(config.module, "populations")
    ]
    return {name: counter for module in modules for name, counter in import_module(module).POPULATIONS.items()}
