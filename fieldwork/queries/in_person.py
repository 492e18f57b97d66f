"""Visits that somebody makes in person: who that is, and in which crew they go."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from ..models import Visit
from .crews import lasting
from .errands import PERSONAL, standins
from .slots import agreed


def people_for(visits: Collection[Visit], at: datetime) -> Mapping[int, int | None]:
    """Visit -> who makes it at the time agreed, by key: the case's owner or their deputy; None where both are away. Others are left out.

    In danger whoever is nearest goes. Three statements, or none.
    """
    wanted = [visit.pk for visit in visits if visit.purpose in PERSONAL and not visit.is_emergency]
    if not wanted:
        return {}
    found = Visit.objects.filter(pk__in=wanted, case__owner__left_at=None, case__owner__isnull=False)
    owners = dict(found.order_by("pk").values_list("pk", "case__owner"))
    if not owners:
        return {}
    times = agreed(visits)
    windows = {pk: (times[pk].starts_at, times[pk].ends_at) if pk in times else (at, at + timedelta(minutes=1)) for pk in owners}
    present = standins((min(starts for starts, _ends in windows.values()), max(ends for _starts, ends in windows.values())))
    return {pk: present.attending(owner, *windows[pk]) for pk, owner in owners.items() if owner is not None}


def crews_in_person(visits: Collection[Visit], at: datetime) -> Mapping[int, frozenset[int]]:
    """Visit that somebody makes in person -> their crew, if they are in one. Four statements, or none."""
    people = people_for(visits, at)
    crews = crews_of_people({who for who in people.values() if who is not None}, at)
    return {visit: frozenset({crews[who]} if who is not None and who in crews else ()) for visit, who in people.items()}


def crews_of_people(people: Collection[int], at: datetime) -> Mapping[int, int]:
    """Person -> the crew they are in now. One statement, or none."""
    standing = lasting(at).filter(staff__in=people, crew__retired_at=None)
    return dict(standing.values_list("staff", "crew")) if people else {}
