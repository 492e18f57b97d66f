"""What a case is about where its room says so and nobody typed it: a code, put into the reader's words whenever it is read.

An app that names its cases has a ``matters.py`` with ``MATTERS``: first part of a code -> function that says the rest in the language
now active. ``fault.leak`` is ``MATTERS["fault"]("leak")``.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.module_loading import module_has_submodule

type Sayer = Callable[[str], str]


def in_words(code: str) -> str:
    """In the language now active; empty for no code, and for one that no app knows any more."""
    room, _dot, rest = code.partition(".")
    say = _sayers().get(room)
    return say(rest) if say else ""


def in_every_language(code: str) -> list[str]:
    """So that everybody finds it in their own words."""
    found = []
    for language, _name in settings.LANGUAGES if code else ():
        with translation.override(language):
            found.append(in_words(code))
    return found


@cache
def _sayers() -> Mapping[str, Sayer]:
    modules = [
        f"{config.name}.matters" for config in apps.get_app_configs() if config.module and module_has_submodule(config.module, "matters")
    ]
    return {room: say for module in modules if module != __name__ for room, say in import_module(module).MATTERS.items()}
