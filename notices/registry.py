"""Every app's ``letters.py``, collected once."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from .letter import Letter


class UnknownLetter(Exception):
    """No app describes a letter of this kind."""


@cache
def letters() -> Mapping[str, Letter]:
    """Kind -> letter, over all apps."""
    found: dict[str, Letter] = {}
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "letters"):
            found.update(import_module(f"{config.name}.letters").LETTERS)
    return found


def letter(kind: str) -> Letter:
    """The letter of this kind. Raises UnknownLetter."""
    try:
        return letters()[kind]
    except KeyError:
        raise UnknownLetter(kind) from None
