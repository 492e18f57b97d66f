"""Who of us has an appeal or an application in hand, and who is asked by territory and function."""

from collections import Counter, defaultdict
from datetime import datetime

from django.db.models import Count, Q, QuerySet

import accounts.queries
from accounts.models import Absence, RoleGrant, Staff, Territory
from accounts.roles import Role
from casework.models import Case

from ..models import DirectionQuestion, ReceptionRoute, ServiceApplication
from ..reception_rules import Colleague, Rule, nearest, rule_for
from ..states import APPEAL, SERVICE_APPLICATION

#: Who answers for what no rule names.
_ELSE = Rule(role=Role.DIRECTION_SPECIALIST)


def specialist_for(topic: str, territory: Territory | None, *, at: datetime) -> Staff | None:
    """Who answers for a function in a place now: by the rules, and by who is here. None where nobody works as that."""
    rows = ReceptionRoute.objects.order_by("pk").values_list("topic", "territory__path", "staff", "role")
    rules = [Rule(topic, path or "", staff, role) for topic, path, staff, role in rows]
    rule = rule_for(rules, topic=topic, path=_path(territory)) or _ELSE
    key = _present(rule.staff, at) if rule.staff is not None else _nearest_of(rule.role, territory, at, _asked())
    return _person(key)


def owner_for(role: Role, territory: Territory | None, *, at: datetime) -> Staff | None:
    """Who of a department takes what comes in from a place: the nearest who is here, with the fewest open cases of the reception."""
    kinds = [APPEAL.kind, SERVICE_APPLICATION.kind]
    owned = Case.objects.unfinished().filter(kind__in=kinds).exclude(owner=None).values_list("owner")
    return _person(_nearest_of(role, territory, at, Counter(dict(owned.annotate(cases=Count("pk")).order_by("owner")))))


def colleagues(at: datetime) -> QuerySet[Staff]:
    """Everybody an appeal or an application can be given to by hand."""
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
    people = Staff.objects.filter(pk__in=held.values("staff"), left_at=None, user__is_active=True)
    return people.select_related("user", "hall").order_by("number")


def _nearest_of(role: str, territory: Territory | None, at: datetime, loads: Counter[int]) -> int | None:
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), role=role, since__lte=at)
    working = held.filter(staff__left_at=None, staff__user__is_active=True).order_by("staff", "pk")
    grounds: dict[int, list[str | None]] = defaultdict(list)
    known: dict[int, tuple[str, int | None]] = {}
    for key, number, hall, path in working.values_list("staff", "staff__number", "staff__hall", "territory__path"):
        grounds[key].append(path)
        known[key] = number, hall
    away = set(Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).values_list("staff", flat=True))
    people = [Colleague(key, number, hall, _within(grounds[key]), loads[key], key in away) for key, (number, hall) in known.items()]
    served = accounts.queries.service_area_of(territory) if territory else None
    return nearest(people, path=_path(territory), hall=served.hall_id if served else None)


def _asked() -> Counter[int]:
    """Open questions to specialists, and applications they have in hand."""
    asked = DirectionQuestion.objects.filter(ended_at=None).values_list("to_staff", flat=True)
    routed = ServiceApplication.objects.filter(case__closed_at=None).exclude(specialist=None).values_list("specialist", flat=True)
    return Counter([*asked, *(key for key in routed if key is not None)])


def _present(staff: int, at: datetime) -> int:
    """Somebody, or who stands in for them now."""
    away = Absence.objects.filter(staff=staff, starts_at__lte=at, ends_at__gt=at).order_by("starts_at", "pk")
    return away.values_list("deputy", flat=True).first() or staff


def _person(key: int | None) -> Staff | None:
    return Staff.objects.select_related("user", "hall").filter(pk=key).first() if key is not None else None


def _path(territory: Territory | None) -> str:
    return territory.path if territory else ""


def _within(paths: list[str | None]) -> tuple[str, ...]:
    """A role held without bounds beats one with."""
    return () if None in paths else tuple(sorted(path for path in paths if path is not None))
