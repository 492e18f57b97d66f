"""The named, better-qualified person for whom a matter of a VIP, a key account or a private network is (T36, T41)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

import accounts.queries
import sla.queries.roster
from accounts.models import Customer, RoleGrant, Staff
from accounts.roles import Role
from casework.accusations import accused_in
from casework.models import Case
from sla.roster import Roster

from ..models import CareQualification
from ..named import Qualified, choose
from .care import CARED_FOR, manager_of


@dataclass(frozen=True)
class NamedPerson:
    """Who it is, whether they are the manager whom this customer knows, and who is there for them while they are away."""

    staff: Staff
    is_manager: bool
    stand_in: Staff | None

    @property
    def present(self) -> Staff:
        """Whom to hand it to now."""
        return self.stand_in or self.staff


def qualified(*, at: datetime) -> list[Qualified]:
    """Those who were called qualified, and key-account managers, who are by their office; with how much they see to by name."""
    levels = dict(_held(at).values_list("staff", "level"))
    managers = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), role=Role.KEY_ACCOUNT_MANAGER, since__lte=at).values("staff")
    people = Staff.objects.filter(Q(pk__in=list(levels)) | Q(pk__in=managers), left_at=None).order_by("number")
    counted = people.annotate(in_hand=Count("named_cases", filter=Q(named_cases__closed_at=None)))
    return [Qualified(one.pk, levels.get(one.pk, CareQualification.Level.QUALIFIED), one.in_hand, one.number) for one in counted]


def person_for(customer: Customer | None, *, hall: int | None, barred: Collection[int] = (), at: datetime) -> NamedPerson | None:
    """The manager, if they or their deputy are here; else one of those who are qualified. ``barred`` are keys of those it is about."""
    roster = sla.queries.roster.roster_at(at).without(barred)
    if customer and (manager := _manager(customer, roster, at)):
        return manager
    found = choose(qualified(at=at), roster, hall=hall)
    return NamedPerson(Staff.objects.get(pk=found), False, None) if found is not None else None


def manager_here(customer: Customer, *, at: datetime) -> NamedPerson | None:
    """The manager whom a customer knows, if they or their deputy are here."""
    return _manager(customer, sla.queries.roster.roster_at(at), at) if customer.segment in CARED_FOR else None


def person_on(case: Case, *, at: datetime) -> NamedPerson | None:
    """Who should see to this case by name now; None for everybody else's cases, and where nobody is qualified."""
    if case.segment not in CARED_FOR:
        return None
    customer = case.account.customer if case.account else None
    return person_for(customer, hall=case.hall_id, barred=accused_in(case, at), at=at)


def named_on(case: Case, *, at: datetime) -> NamedPerson | None:
    """Who was named, for its page."""
    if case.named is None:
        return None
    manager = manager_of(case.account.customer) if case.account else None
    is_manager = manager is not None and manager.staff_id == case.named_id
    return NamedPerson(case.named, is_manager, accounts.queries.who_is_there_for(case.named, at))


def left_alone() -> QuerySet[Case]:
    """Unfinished cases of those who are looked after that nobody sees to by name, or somebody who has left."""
    theirs = Case.objects.unfinished().filter(segment__in=CARED_FOR)
    return theirs.filter(Q(named=None) | Q(named__left_at__isnull=False) | Q(named__user__is_active=False)).order_by("opened_at", "pk")


def qualified_people(*, at: datetime) -> QuerySet[CareQualification]:
    """Who was called qualified, by hall and name, for the page that keeps them."""
    in_hand = Case.objects.unfinished().filter(named=OuterRef("staff")).order_by().values("named").annotate(n=Count("pk")).values("n")
    rows = _held(at).annotate(in_hand=Subquery(in_hand)).select_related("staff__hall", "given_by")
    return rows.order_by("staff__hall__name", "-level", "staff__name", "pk")


def _manager(customer: Customer, roster: Roster, at: datetime) -> NamedPerson | None:
    found = manager_of(customer)
    if found is None or roster.present(found.staff_id) is None:
        return None
    return NamedPerson(found.staff, True, accounts.queries.who_is_there_for(found.staff, at))


def _held(at: datetime) -> QuerySet[CareQualification]:
    return CareQualification.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
