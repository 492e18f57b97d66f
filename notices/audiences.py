"""Whom a room above this one can pick out for an announcement: who owes a bill, whose credit runs out.

An app that knows such people has an ``audiences.py`` with ``AUDIENCES``: code -> Audience. This floor knows neither bills nor credit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from accounts.models import Account


@dataclass(frozen=True)
class Audience:
    """Some accounts, named in words. ``placeholders`` may stand in the text (``{amount}``), with what each says.

    ``fill`` says what they are for one customer (by key) in one language when the message is sent; None: it holds no more (the bill
    is paid), and nothing is sent.
    """

    title: str | Promise
    accounts: Callable[[datetime], QuerySet[Account]]
    placeholders: Mapping[str, str | Promise]
    fill: Callable[[int, str, datetime], Mapping[str, str] | None]


@cache
def audiences() -> Mapping[str, Audience]:
    """Code -> audience, over all apps."""
    found: dict[str, Audience] = {}
    for config in apps.get_app_configs():
        if config.name != "notices" and config.module and module_has_submodule(config.module, "audiences"):
            found.update(import_module(f"{config.name}.audiences").AUDIENCES)
    return found
