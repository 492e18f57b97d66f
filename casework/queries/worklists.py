"""Whose turn it is: cases in the order in which the next promise on them falls due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Case as OneOf
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import TruncHour
from django.utils import timezone

import accounts.queries
from accounts.models import COMES_FIRST, Absence, Staff

from .. import accusations
from ..models import Case, CaseQuerySet, Transfer, Urgency

#: The lists that everybody has who works on cases, and the one of those who assign them.
LISTS = ("offered", "mine", "by_name", "hall", "unassigned")
EVERYTHING = "all"


_RANK = OneOf(When(urgency=Urgency.EMERGENCY, then=Value(0)), When(segment__in=COMES_FIRST, then=Value(1)), default=Value(2))


def worklist(name: str, staff: Staff, *, at: datetime) -> QuerySet[Case]:
    """The unfinished cases of one list, what is due in the next hour at the top; those that promise nothing last, the oldest first.

    Of what falls due within the same hour emergencies come first, then VIPs, key accounts and private networks (T36, T41), then what is
    due first. ``offered``: what I am asked to take (or who is away and I stand in for); ``mine``: what I have in hand; ``by_name``: what I
    am named to see to, or somebody I stand in for; ``hall``: what my hall looks after; ``unassigned``: what nobody has, of my hall or of
    none; ``all``: everything.
    """
    found = _unfinished(staff, at).filter(_rule(name, staff, at))
    pending = Prefetch("transfers", Transfer.objects.filter(outcome=Transfer.Outcome.PENDING), to_attr="offers")
    found = found.select_related("timeline", "owner", "named", "hall", "account__customer", "premises").prefetch_related(pending)
    due = F("timeline__next_due_at")
    within_the_hour = TruncHour(due, tzinfo=timezone.get_default_timezone()).asc(nulls_last=True)
    return found.order_by(within_the_hour, _RANK, due.asc(nulls_last=True), "opened_at", "pk")


def list_counts(staff: Staff, *, at: datetime) -> Mapping[str, int]:
    """How many cases stand in each of one's own lists."""
    unfinished = _unfinished(staff, at)
    return {name: unfinished.filter(_rule(name, staff, at)).count() for name in LISTS}


def _unfinished(staff: Staff, at: datetime) -> CaseQuerySet:
    """What is worked on, but for what is about themselves."""
    return accusations.unless_about(Case.objects.unfinished(), staff.user_id, at)


def _rule(name: str, staff: Staff, at: datetime) -> Q:
    of_hall = Q(hall=staff.hall_id) if staff.hall_id else Q(pk=None)
    match name:
        case "offered":
            return Q(Exists(_offers_to(staff, at)))
        case "mine":
            return Q(owner=staff)
        case "by_name":
            return Q(named=staff) | Q(named__in=_away(staff, at))
        case "hall":
            return of_hall
        case "unassigned":
            return Q(owner=None) & ((of_hall | Q(hall=None)) if staff.hall_id else Q())
    return Q()


def _offers_to(staff: Staff, at: datetime) -> QuerySet[Transfer]:
    away = _away(staff, at)
    roles = [str(role) for role in accounts.queries.roles_of(staff.user, at)]
    to_hall = Q(to_staff=None, to_hall=staff.hall_id, to_role__in=["", *roles]) if staff.hall_id else Q(pk=None)
    to_department = Q(to_staff=None, to_hall=None, to_role__in=roles)
    to_me = Q(to_staff=staff) | Q(to_staff__in=away)
    return Transfer.objects.filter(to_me | to_hall | to_department, case=OuterRef("pk"), outcome=Transfer.Outcome.PENDING)


def _away(staff: Staff, at: datetime) -> QuerySet[Absence, Any]:
    """Whom somebody stands in for."""
    return Absence.objects.filter(deputy=staff, starts_at__lte=at, ends_at__gt=at).values("staff")
