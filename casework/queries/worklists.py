"""Whose turn it is: cases in the order in which the next promise on them falls due."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

import accounts.queries
from accounts.models import Absence, Staff

from .. import accusations
from ..models import Case, CaseQuerySet, Transfer

#: The lists that everybody has who works on cases, and the one of those who assign them.
LISTS = ("offered", "mine", "hall", "unassigned")
EVERYTHING = "all"


def worklist(name: str, staff: Staff, *, at: datetime) -> QuerySet[Case]:
    """The unfinished cases of one list, the one due first at the top; those that promise nothing last, the oldest first.

    ``offered``: what I am asked to take (or who is away and I stand in for); ``mine``: what I have in hand; ``hall``: what my
    hall looks after; ``unassigned``: what nobody has, of my hall or of none; ``all``: everything.
    """
    found = _unfinished(staff, at).filter(_rule(name, staff, at))
    pending = Prefetch("transfers", Transfer.objects.filter(outcome=Transfer.Outcome.PENDING), to_attr="offers")
    found = found.select_related("timeline", "owner", "hall", "account__customer", "premises").prefetch_related(pending)
    return found.order_by(F("timeline__next_due_at").asc(nulls_last=True), "opened_at", "pk")


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
        case "hall":
            return of_hall
        case "unassigned":
            return Q(owner=None) & ((of_hall | Q(hall=None)) if staff.hall_id else Q())
    return Q()


def _offers_to(staff: Staff, at: datetime) -> QuerySet[Transfer]:
    away = Absence.objects.filter(deputy=staff, starts_at__lte=at, ends_at__gt=at).values("staff")
    roles = [str(role) for role in accounts.queries.roles_of(staff.user, at)]
    to_hall = Q(to_staff=None, to_hall=staff.hall_id, to_role__in=["", *roles]) if staff.hall_id else Q(pk=None)
    to_department = Q(to_staff=None, to_hall=None, to_role__in=roles)
    to_me = Q(to_staff=staff) | Q(to_staff__in=away)
    return Transfer.objects.filter(to_me | to_hall | to_department, case=OuterRef("pk"), outcome=Transfer.Outcome.PENDING)
