"""Gas is off: it begins, customers are told another time, it ends."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor
from accounts.models import Territory
from casework.operations import Step, amend, move, record

from .. import outage_permissions
from ..models import Outage, OutageNotice
from ..models.outage import OutageClass, OutageKind
from ..outage_rules import is_larger
from ..queries.outage_matters import matter_of
from ..queries.outage_reach import accounts_below, outermost, paths_of
from ..states import OUTAGE
from . import outage_calls, outage_messages, outage_nights
from .outage_plans import Plan, former, promised, write_outage
from .outage_refusals import BadPlan, TooEarly


@transaction.atomic
def declare_accident(*, plan: Plan, by: Actor, at: datetime) -> Outage:
    """Gas is off now: customers are told at once, the limit of its class runs. ``plan.starts_at`` does not matter: it is now.

    Raises Forbidden, BadPlan, NightRestoration.
    """
    outage_permissions.check_may_plan(by, at=at)
    now = _check_accident(plan, at)
    outage = write_outage(now, kind=OutageKind.ACCIDENT, by=by, at=at)
    return _cut_off(outage, by, at)


@transaction.atomic
def confirm_accident(*, outage: Outage, plan: Plan, by: Actor, at: datetime) -> Outage:
    """Somebody has looked: what the reports spoke for is one, in these places. Raises as ``declare_accident``, WrongMove, StaleRow."""
    outage_permissions.check_may_plan(by, at=at)
    now = _check_accident(plan, at)
    outage.territories.set(outermost(now.places))
    fields = {"reason": now.reason.strip()[:300], "starts_at": at, "promised_until": now.until}
    amend(outage, fields={**fields, "planned_by": casework.queries.staff_behind(by)}, steps=[], by=by, at=at)
    return _cut_off(outage, by, at)


@transaction.atomic
def begin(*, outage: Outage, by: Actor, at: datetime) -> Outage:
    """The valves of planned works are closed, not before the hour that was announced. Raises Forbidden, TooEarly, WrongMove, StaleRow."""
    outage_permissions.check_may_plan(by, at=at)
    if outage.is_announced and at < outage.starts_at:
        raise TooEarly
    if outage.is_draft:
        raise BadPlan("note", _("Customers have not been told. Announce it first; if gas is off already, it is an accident."))
    return _close_valves(outage, by, at)


@transaction.atomic
def promise_again(*, outage: Outage, until: datetime, by: Actor, at: datetime) -> Outage:
    """Tell customers another moment by which gas is back. Each promise counts; one that has passed stays broken.

    Raises Forbidden, BadPlan, NightRestoration, StaleRow.
    """
    outage_permissions.check_may_plan(by, at=at)
    if not outage.is_under_way:
        raise BadPlan("note", _("Gas is not off here."))
    if until <= at:
        raise BadPlan("until", _("Promise a moment that is yet to come."))
    if until == outage.promised_until:
        raise BadPlan("until", _("This is what customers were told already."))
    outage_nights.check_until(outage=outage, until=until)
    step = former(number=outage.promises, until=outage.promised_until, at=at)
    amend(outage, fields={"promised_until": until, "promises": outage.promises + 1}, steps=[], by=by, at=at)
    record(timeline_id=outage.timeline_id, steps=[step, promised(outage)], by=by, at=at)
    outage_messages.start_round(outage=outage, kind=OutageNotice.Kind.CHANGED, at=at)
    return outage


@transaction.atomic
def widen(*, outage: Outage, places: Collection[Territory], by: Actor, at: datetime) -> Outage:
    """An accident touches more places than was thought: their customers are told too, and its class and limit follow the number.

    Raises Forbidden, BadPlan where nothing is added, StaleRow.
    """
    outage_permissions.check_may_plan(by, at=at)
    if not (outage.is_accident and outage.is_under_way):
        raise BadPlan("note", _("Only an accident that is under way grows."))
    known = list(outage.territories.all())
    every = outermost([*known, *places])
    if {place.pk for place in every} == {place.pk for place in known}:
        raise BadPlan("places", _("These places belong to it already."))
    outage.territories.set(every)
    outage = type(outage).objects.prefetch_related("territories").select_related("timeline").get(pk=outage.pk)
    customers, size = _size(outage)
    was = outage.classification
    outage.classification = size
    steps = [Step("outage.widened", {"customers": customers})]
    steps += [Step("case.changed", matter_of(outage))] if size != was else []
    amend(outage, fields={"customers": customers, "classification": size}, steps=steps, by=by, at=at)
    outage_messages.tell_also(outage=outage, at=at)
    return outage


@transaction.atomic
def end(*, outage: Outage, restored_at: datetime, by: Actor, at: datetime) -> Outage:
    """Gas is on again since a moment; clocks end as of then. Raises Forbidden, BadPlan, NightRestoration, WrongMove, StaleRow."""
    outage_permissions.check_may_plan(by, at=at)
    if outage.began_at is not None and not outage.began_at <= restored_at <= at:
        raise BadPlan("restored_at", _("Gas came on after it went off, and not later than now."))
    outage_nights.check_until(outage=outage, until=restored_at)
    told = {**matter_of(outage), "happened_at": restored_at.isoformat()}
    move(outage, OUTAGE, "end", by=by, at=at, fields={"ended_at": restored_at}, **told)
    outage.wishes.filter(decided_at=None).update(decided_at=at, decision=_("over"))
    outage_calls.close_calls(outage=outage, at=at)
    outage_messages.start_round(outage=outage, kind=OutageNotice.Kind.ENDED, at=at)
    return outage


def _check_accident(plan: Plan, at: datetime) -> Plan:
    if not plan.places:
        raise BadPlan("places", _("Choose at least one place."))
    if not plan.reason.strip():
        raise BadPlan("reason", _("Say why gas is off, in words for customers."))
    if plan.until <= at:
        raise BadPlan("until", _("Promise a moment that is yet to come."))
    return Plan(places=plan.places, reason=plan.reason, starts_at=at, until=plan.until)


def _cut_off(outage: Outage, by: Actor, at: datetime) -> Outage:
    """An accident begins with a promise and with messages."""
    outage_nights.check_until(outage=outage, until=outage.promised_until)
    outage.promises = 1
    _close_valves(outage, by, at, promises=1)
    record(timeline_id=outage.timeline_id, steps=[promised(outage)], by=by, at=at)
    outage_messages.start_round(outage=outage, kind=OutageNotice.Kind.BEGUN, at=at)
    return outage


def _size(outage: Outage) -> tuple[int, str]:
    """How many customers are without gas, and which class of accident that makes."""
    customers = accounts_below(paths_of(outage)).count()
    return customers, OutageClass.LARGER if is_larger(customers, larger_from=settings.OUTAGE_LARGER_FROM) else OutageClass.ORDINARY


def _close_valves(outage: Outage, by: Actor, at: datetime, **more: int) -> Outage:
    customers, size = _size(outage)
    outage.classification = size
    fields = {"began_at": at, "customers": customers, "classification": size, **more}
    move(outage, OUTAGE, "begin", by=by, at=at, fields=fields, **{**matter_of(outage), "customers": customers})
    return outage
