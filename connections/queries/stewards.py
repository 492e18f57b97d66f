"""Stewards: who may be one now, who has an application, and who stands in for them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from accounts.clock import business_date, business_midnight
from accounts.models import Absence, Duty, RoleGrant, ServiceArea, Staff, Territory
from accounts.roles import Role
from casework.models import Case

from ..models import Application, Stewardship
from ..portfolios import Colleague, Team

#: Who is a customer's single counterpart; a key account's manager is that for their own.
ROLES = (Role.STEWARD, Role.KEY_ACCOUNT_MANAGER)


@dataclass(frozen=True)
class Counterpart:
    """Who an applicant turns to: the steward, and now the deputy where the steward is away."""

    steward: Staff
    deputy: Staff | None
    since: datetime

    @property
    def present(self) -> Staff:
        """Who is here."""
        return self.deputy or self.steward


def standing(application: Application) -> Stewardship | None:
    """The stewardship that holds now."""
    found = Stewardship.objects.select_related("staff__user", "staff__hall")
    return found.filter(application=application, until=None).first()


def counterpart_of(application: Application, at: datetime) -> Counterpart | None:
    """Whom the applicant turns to now; None while nobody is assigned."""
    row = standing(application)
    if row is None:
        return None
    away = Absence.objects.filter(staff=row.staff_id, starts_at__lte=at, ends_at__gt=at).select_related("deputy__hall")
    absence = away.order_by("starts_at").first()
    return Counterpart(row.staff, absence.deputy if absence else None, row.since)


def past_of(application: Application) -> QuerySet[Stewardship]:
    """Everybody who had it, the one who has it now first; with the notes they got."""
    return Stewardship.objects.filter(application=application).select_related("staff").order_by("-since", "-pk")


def place_of(application: Application) -> str:
    """The path of the nearest territory we know; empty where we know none."""
    place = application.territory or _territory_of(application.case)
    return place.path if place else ""


def team_at(at: datetime) -> Team:
    """All who may be given a file of their own, with what they have. Five statements, however many they are."""
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), role=Role.STEWARD, since__lte=at)
    working = held.filter(staff__left_at=None, staff__user__is_active=True)
    grounds: dict[int, list[str | None]] = defaultdict(list)
    known: dict[int, tuple[str, int | None]] = {}
    for key, number, hall, path in working.values_list("staff", "staff__number", "staff__hall", "territory__path"):
        grounds[key].append(path)
        known[key] = number, hall
    away, on_duty = _away(at), _on_duty(at)
    people = {
        key: Colleague(key, number, hall, _within(grounds[key]), is_away=key in away, is_on_duty=key in on_duty)
        for key, (number, hall) in known.items()
    }
    return Team(people, _halls(), _loads())


def former_steward(case: Case) -> int | None:
    """Who looks after another open application of the same customer: one counterpart for all of it. None for a new customer."""
    same = Q(pk=None)
    if case.account_id:
        same |= Q(application__case__account=case.account_id)
    if case.asker_id:
        same |= Q(application__case__asker=case.asker_id)
    if case.contact_phone:
        same |= Q(application__case__contact_phone=case.contact_phone)
    rows = Stewardship.objects.filter(same, until=None, application__case__closed_at=None).exclude(application=case.pk)
    return rows.order_by("-since").values_list("staff", flat=True).first()


def stewards(at: datetime) -> QuerySet[Staff]:
    """Everybody a file can be handed to."""
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), role__in=ROLES, since__lte=at)
    return Staff.objects.filter(pk__in=held.values("staff"), left_at=None, user__is_active=True).select_related("user").order_by("number")


def _territory_of(case: Case) -> Territory | None:
    premises = case.premises or (case.account.premises if case.account else None)
    return premises.territory if premises else None


def _within(paths: list[str | None]) -> tuple[str, ...]:
    """A role held without bounds beats one with."""
    return () if None in paths else tuple(sorted(path for path in paths if path is not None))


def _away(at: datetime) -> set[int]:
    return set(Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).values_list("staff", flat=True))


def _on_duty(at: datetime) -> set[int]:
    begins = business_midnight(business_date(at))
    ends = business_midnight(business_date(at) + timedelta(days=1))
    return set(Duty.objects.filter(starts_at__lt=ends, ends_at__gt=begins).values_list("staff", flat=True))


def _halls() -> dict[str, int]:
    return dict(ServiceArea.territories.through.objects.values_list("territory__path", "servicearea__hall"))


def _loads() -> dict[int, int]:
    rows = Stewardship.objects.filter(until=None, application__case__closed_at=None)
    return dict(rows.values_list("staff").annotate(files=Count("pk")))
