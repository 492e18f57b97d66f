"""Whom a case is about: colleagues who must neither see it, take it, nor be told of it.

An app whose cases can be about our own people has a ``accusations.py`` with ``ACCUSATIONS``: kind of case -> Accusation. Lists, pages,
files, the search, hand-overs and alarms all ask here, so that nobody handles what is said about himself.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.module_loading import module_has_submodule

from accounts.models import Staff

from .models import Case, CaseQuerySet, Timeline


@dataclass(frozen=True)
class Accusation:
    """What one kind of case knows of it.

    ``cases_about`` takes the key of a user and answers the keys of the cases that are about them, as a part of a statement; ``people_in``
    maps timelines to the staff that their cases are about.
    """

    cases_about: Callable[[int, datetime], QuerySet[Any, Any]]
    people_in: Callable[[Collection[int], datetime], Mapping[int, frozenset[int]]]


def unless_about(cases: CaseQuerySet, user: int, at: datetime) -> CaseQuerySet:
    """Of these cases those that are not about the colleague with this user's key."""
    for accusation in accusations().values():
        cases = cases.exclude(pk__in=accusation.cases_about(user, at))
    return cases


def references_about(references: Collection[str], user: int, at: datetime) -> frozenset[str]:
    """Of these references those of cases about the colleague with this user's key. A statement for each kind that can accuse."""
    found: set[str] = set()
    for accusation in accusations().values():
        about = Case.objects.filter(reference__in=list(references), pk__in=accusation.cases_about(user, at))
        found.update(about.values_list("reference", flat=True))
    return frozenset(found)


def people_in(timelines: Mapping[int, str], at: datetime) -> Mapping[int, frozenset[int]]:
    """Timeline -> the staff its case is about, of those that are about anybody. ``timelines`` says the kind of each."""
    of_kind: dict[str, list[int]] = defaultdict(list)
    for timeline, kind in timelines.items():
        if kind in accusations():
            of_kind[kind].append(timeline)
    return {timeline: people for kind, keys in of_kind.items() for timeline, people in accusations()[kind].people_in(keys, at).items()}


def accused_in(case: Case, at: datetime) -> frozenset[int]:
    """The staff a case is about, by their keys."""
    return people_in({case.timeline_id: case.kind}, at).get(case.timeline_id, frozenset())


def accused_on(timeline: int, at: datetime) -> frozenset[int]:
    """The same for whoever knows only the timeline; nobody where it is no case's."""
    kinds = dict(Timeline.objects.filter(pk=timeline, kind__in=list(accusations())).values_list("pk", "kind"))
    return people_in(kinds, at).get(timeline, frozenset())


def is_about(case: Case, staff: Staff, at: datetime) -> bool:
    """Whether a case is about this colleague."""
    return staff.pk in accused_in(case, at)


@cache
def accusations() -> Mapping[str, Accusation]:
    """Kind of case -> who knows whom it is about, over all apps."""
    modules = [
        f"{config.name}.accusations"
        for config in apps.get_app_configs()
        if config.module and module_has_submodule(config.module, "accusations")
    ]
    return {kind: found for module in modules if module != __name__ for kind, found in import_module(module).ACCUSATIONS.items()}
