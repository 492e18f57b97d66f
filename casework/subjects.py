"""What a timeline that is no case's is about, so that alarms and lists of promises can name it and lead there.

An app whose things have promises without being cases has a ``subjects.py`` with ``SUBJECTS``: kind of timeline -> function from keys
of timelines of that kind to subjects.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from .models import Timeline


@dataclass(frozen=True)
class Subject:
    """How people call it, and the path of its page."""

    reference: str
    link: str


type Finder = Callable[[Collection[int]], Mapping[int, Subject]]


def subjects_of(timelines: Collection[int]) -> Mapping[int, Subject]:
    """Timeline -> what it is about, of those that are; nothing for a case or a duty. A statement, and one for each kind met."""
    if not timelines or not finders():
        return {}
    found: dict[str, list[int]] = defaultdict(list)
    for pk, kind in Timeline.objects.filter(pk__in=list(timelines), kind__in=list(finders())).values_list("pk", "kind"):
        found[kind].append(pk)
    return {pk: subject for kind, keys in found.items() for pk, subject in finders()[kind](keys).items()}


@cache
def finders() -> Mapping[str, Finder]:
    """Kind of timeline -> who knows it, over all apps."""
    modules = [
        f"{config.name}.subjects" for config in apps.get_app_configs() if config.module and module_has_submodule(config.module, "subjects")
    ]
    return {kind: finder for module in modules if module != __name__ for kind, finder in import_module(module).SUBJECTS.items()}
