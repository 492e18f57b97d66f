"""What makes a kind of case: its lifecycle, its letter, when it has ended; and every app's kinds, collected once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from .lifecycles import Lifecycle

#: Steps that every kind of case has, so that lists, merging and the customer's own wishes are written once.
EVERY_KIND = ("close", "reopen", "cancel", "merge")
#: What these steps mean in words that promises know: ``case.closed`` and so on.
MEANINGS = {"close": "closed", "reopen": "reopened", "cancel": "cancelled", "merge": "merged"}


class UnknownKind(Exception):
    """No app has cases of this kind."""


@dataclass(frozen=True)
class CaseKind:
    """A kind of case, listed as ``CASE_KINDS`` in its app's ``states.py``.

    ``letter`` begins its references; ``ended`` are the statuses in which nobody works on it any more; ``most_files`` is how many
    files one of them holds.
    """

    lifecycle: Lifecycle
    letter: str
    label: Promise | str
    ended: frozenset[str]
    most_files: int = 30

    @property
    def key(self) -> str:
        """What ``Case.kind`` says."""
        return self.lifecycle.kind


@cache
def kinds() -> Mapping[str, CaseKind]:
    """Every kind of case by its key, over all apps."""
    modules = [
        f"{config.name}.states" for config in apps.get_app_configs() if config.module and module_has_submodule(config.module, "states")
    ]
    found = [kind for module in modules for kind in getattr(import_module(module), "CASE_KINDS", ())]
    return {kind.key: kind for kind in found}


def kind(key: str) -> CaseKind:
    """The kind of this key. Raises UnknownKind."""
    try:
        return kinds()[key]
    except KeyError:
        raise UnknownKind(key) from None
