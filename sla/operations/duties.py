"""Recurring duties on timelines of their own: a job opens each turn as it begins, whoever does it says so, and the clock does the rest."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor, System
from accounts.clock import business_date
from accounts.models import Customer
from casework.models import Timeline
from casework.operations import Step, open_timeline, record

from .. import permissions
from ..duties import Turn, is_duty, is_owed_to_all, needed, turn_of
from ..models import Obligation, Period
from ..policies import Policy
from ..populations import counter_of
from ..queries.policies import policies_at

_BY = System("duties")
#: Turns opened in one run of the job; the next run goes on.
BATCH = 500


class NoSuchDuty(Exception):
    """Nothing of this kind is owed to them now, or it has been done."""

    def __init__(self) -> None:
        super().__init__(_("Nothing of this kind is owed here now, or it has been done already."))


def open_turns(*, at: datetime, limit: int = BATCH) -> int:
    """Open the turns that have begun and are not open yet, for everybody they are owed to; how many (at most ``limit``)."""
    opened = 0
    for policy in [policy for policy in policies_at(at).policies() if is_duty(policy)]:
        assert policy.limit is not None
        turn = turn_of(policy.limit, business_date(at))
        for obligation in _owed_to(policy, turn, limit - opened, at):
            opened += _open(obligation, policy, turn, at)
    return opened


@transaction.atomic
def close_ended(*, at: datetime, limit: int = BATCH) -> int:
    """Withdraw the open turns of customers to whom a promise is no longer given (another segment); how many."""
    closed = 0
    waiting = Period.objects.filter(done_at=None, ended_at=None, obligation__customer__isnull=False).select_related("obligation__customer")
    for period in waiting.order_by("pk"):
        policy = policies_at(at).in_force(period.promise_id)
        if closed < limit and policy is not None and not _is_for(policy, period.obligation.customer):
            Period.objects.filter(pk=period.pk).update(ended_at=at)
            facts = {"promise": period.promise_id, "period": period.label}
            record(timeline_id=period.obligation.timeline_id, steps=[Step("duty.ended", facts)], by=_BY, at=at)
            closed += 1
    return closed


@transaction.atomic
def note_done(*, promise: str, customer: Customer | None = None, label: str = "", count: int = 1, by: Actor, at: datetime) -> Period:
    """Somebody did (so much of) a turn of a duty, the one of this ``label`` or the newest; the last bit that was missing keeps it.

    ``customer`` None: a duty owed to everybody together. A visit that keeps another promise too (a monthly visit the
    quarterly one) ends that one's turn as well. Raises Forbidden, NoSuchDuty.
    """
    permissions.check_may_note_duty(by, at=at)
    named = {"label": label} if label else {}
    open_ones = Period.objects.filter(promise=promise, done_at=None, ended_at=None, obligation__customer=customer, **named)
    period = open_ones.select_related("obligation").order_by("-opened_at").first()
    if period is None:
        raise NoSuchDuty
    Timeline.objects.select_for_update(no_key=True).get(pk=period.obligation.timeline_id)
    if not _count(period, count, at):
        return period
    facts = {"promise": promise, "period": period.label}
    record(timeline_id=period.obligation.timeline_id, steps=[Step("duty.done", facts)], by=by, at=at)
    for policy in policies_at(at).policies():
        if policy.key != promise and policy.stops("duty.done", facts):
            turns = Period.objects.filter(promise=policy.key, obligation=period.obligation, done_at=None, ended_at=None)
            last = turns.order_by("-opened_at").first()
            if last is not None:
                _count(last, last.needed, at)
    return period


def _count(period: Period, count: int, at: datetime) -> bool:
    """Whether the turn is done by it."""
    Period.objects.filter(pk=period.pk, done_at=None, done__gte=F("needed") - count).update(done=F("done") + count, done_at=at)
    Period.objects.filter(pk=period.pk, done_at=None).update(done=F("done") + count)
    period.refresh_from_db(fields=["done", "done_at"])
    return period.done_at is not None


def _owed_to(policy: Policy, turn: Turn, limit: int, at: datetime) -> Iterator[Obligation]:
    if limit <= 0:
        return
    if is_owed_to_all(policy):
        yield from [] if _is_open(policy, turn) else [_company(at)]
        return
    opened = Period.objects.filter(promise=policy.key, label=turn.label, obligation__customer__isnull=False)
    for customer in _customers(policy).exclude(pk__in=opened.values("obligation__customer")).order_by("pk")[:limit]:
        yield _obligation(customer, at)


def _is_open(policy: Policy, turn: Turn) -> bool:
    return Period.objects.filter(promise=policy.key, label=turn.label, obligation__subject=Obligation.Subject.COMPANY).exists()


def _customers(policy: Policy) -> QuerySet[Customer]:
    segments = policy.selects.get("segment")
    return Customer.objects.filter(segment__in=segments) if segments else Customer.objects.all()


def _is_for(policy: Policy, customer: Customer | None) -> bool:
    segments = policy.selects.get("segment")
    return customer is not None and policy.is_active and (not segments or customer.segment in segments)


def _needed(policy: Policy, turn: Turn) -> int:
    """How much makes this turn done; nothing where nobody is meant (a campaign that is not running)."""
    assert policy.limit is not None
    if policy.limit.share is None:
        return 1
    counter = counter_of(str(policy.notes.get("population", "customers")))
    return counter(policy, turn, policy.limit.share) if counter else needed(policy.limit, _customers(policy).count())


def _company(at: datetime) -> Obligation:
    company = Obligation.Subject.COMPANY
    found = Obligation.objects.filter(subject=company).first()
    return found or _new_obligation(Obligation(subject=company), at)


def _obligation(customer: Customer, at: datetime) -> Obligation:
    found = Obligation.objects.filter(customer=customer).first()
    return found or _new_obligation(Obligation(subject=Obligation.Subject.CUSTOMER, customer=customer), at)


@transaction.atomic
def _new_obligation(obligation: Obligation, at: datetime) -> Obligation:
    obligation.timeline = open_timeline(kind="duty", steps=[], by=_BY, at=at)
    obligation.save(force_insert=True)
    return obligation


@transaction.atomic
def _open(obligation: Obligation, policy: Policy, turn: Turn, at: datetime) -> bool:
    much = _needed(policy, turn)
    if not much:
        return False
    # Under the timeline's lock: another worker that opens the same turn waits here and then finds it open.
    timeline = Timeline.objects.select_for_update(no_key=True).get(pk=obligation.timeline_id)
    if obligation.periods.filter(promise=policy.key, label=turn.label).exists():
        return False
    obligation.periods.create(promise_id=policy.key, label=turn.label, opened_at=at, needed=much)
    segment = obligation.customer.segment if obligation.customer else next(iter(sorted(policy.selects.get("segment", ()))), "")
    facts = {"promise": policy.key, "period": turn.label, "segment": str(segment)}
    record(timeline_id=timeline.pk, steps=[Step("duty.due", facts)], by=_BY, at=at, known=timeline)
    return True
