"""Recurring duties as pages show them: what is to be done by when, and for whom."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

import accounts.queries

from .. import naming
from ..duties import is_duty, is_owed_to_all
from ..models import Clock, Period
from ..policies import Policy
from .policies import policies_at

#: Customers that a search on the page of one duty names at most.
_FOUND = 50


class NotADuty(LookupError):
    """No promise of this key is a recurring duty now."""


@dataclass(frozen=True)
class DutyLine:
    """One duty: how many turns are open, how many of them late, when the next is due; ``is_mine`` where one's own role answers for it."""

    policy: Policy
    title: str
    waiting: int
    late: int
    next_due: datetime | None
    is_mine: bool


@dataclass(frozen=True)
class TurnLine:
    """One open turn. ``due_at`` is None where its clock could not be begun."""

    period: Period
    due_at: datetime | None

    @property
    def missing(self) -> int:
        """How much is still to be done of it."""
        return self.period.needed - self.period.done


@dataclass(frozen=True)
class Duty:
    """One duty with what it says."""

    policy: Policy
    title: str
    is_owed_to_all: bool


def duty_lines(roles: Collection[str], *, at: datetime) -> list[DutyLine]:
    """Every duty, those of one's own roles first, then what is due first; two queries."""
    policies = [policy for policy in policies_at(at).policies() if is_duty(policy)]
    keys = [policy.key for policy in policies]
    waiting = dict(_open().filter(promise__in=keys).order_by("promise").values_list("promise").annotate(Count("pk")))
    clocks = Clock.objects.open().filter(promise__in=keys, due_at__isnull=False).order_by("promise").values_list("promise")
    moments = {key: (late, due) for key, late, due in clocks.annotate(late=Count("pk", filter=Q(due_at__lt=at)), due=Min("due_at"))}
    found = [_line(policy, waiting.get(policy.key, 0), *moments.get(policy.key, (0, None)), roles) for policy in policies]
    return sorted(found, key=lambda one: (not one.is_mine, not one.waiting, one.next_due or at, one.policy.key))


def duty(key: str, *, at: datetime) -> Duty:
    """One duty. Raises NotADuty."""
    policy = policies_at(at).in_force(key)
    if policy is None or not is_duty(policy):
        raise NotADuty(key)
    return Duty(policy, naming.title(policy), is_owed_to_all(policy))


def open_turns(key: str, *, find: str = "") -> "QuerySet[Period]":
    """The turns of a duty that are to be done, the oldest first; with ``find`` (a name, a number, an address) of those it finds."""
    rows = _open().filter(promise=key).select_related("obligation__customer").prefetch_related("obligation__customer__accounts")
    if find:
        found = accounts.queries.search_accounts(find, limit=_FOUND)
        rows = rows.filter(obligation__customer__in={account.customer_id for account in found})
    return rows.order_by("opened_at", "pk")


def turn_lines(periods: Iterable[Period]) -> list[TurnLine]:
    """With the moments their clocks are due; one query."""
    periods = list(periods)
    moments = _moments(periods)
    return [TurnLine(period, moments.get((period.obligation.timeline_id, period.promise_id, period.label))) for period in periods]


def _line(policy: Policy, waiting: int, late: int, next_due: datetime | None, roles: Collection[str]) -> DutyLine:
    return DutyLine(policy, naming.title(policy), waiting, late, next_due, policy.owner in roles)


def _open() -> "QuerySet[Period]":
    return Period.objects.filter(done_at=None, ended_at=None)


def _moments(periods: Collection[Period]) -> Mapping[tuple[int, str, str], datetime | None]:
    timelines = {period.obligation.timeline_id for period in periods}
    promises = {period.promise_id for period in periods}
    rows = Clock.objects.open().filter(timeline__in=timelines, promise__in=promises)
    return {
        (timeline, promise, about): due_at
        for timeline, promise, about, due_at in rows.values_list("timeline", "promise", "about", "due_at")
    }
