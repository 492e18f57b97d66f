"""Repairs that come in because of an interruption belong to it: attached by themselves where the door fits, or by hand.

Nothing is held back by it: an attached leak is an emergency like any other. It only says, to staff and customer, what is known.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor, System
from accounts.models import Territory
from casework.models import Case, Event, Timeline
from casework.operations import Step, record, record_many

from .. import outage_permissions
from ..models import Outage, OutageTicket
from ..queries.outage_reach import below, paths_of
from ..queries.outages import outages_at_place
from ..states import REPAIR, OutageStatus
from .outage_refusals import NotAttachable

_BY = System("outages")
#: Of what had come in before it began, so many of the latest are attached; more are added by hand.
_MOST = 1000


@transaction.atomic
def attach_new(*, case: Case, at: datetime) -> OutageTicket | None:
    """A repair has come in: to the interruption at its door, if there is one."""
    place = _place(case)
    outage = outages_at_place(place).first() if place else None
    if outage is None or OutageTicket.objects.filter(case=case).exists() or _was_detached(case.timeline_id, outage):
        return None
    return _attach(outage, case, _BY, at)


@transaction.atomic
def attach_open(*, outage: Outage, at: datetime) -> int:
    """It has begun: what had come in from its doors and is not mended belongs to it; how many."""
    if outage.status != OutageStatus.UNDER_WAY:
        return 0
    places = below(paths_of(outage))
    here = Q(premises__territory__in=places) | Q(premises=None, repair__territory__in=places)
    found = Case.objects.unfinished().filter(here, kind=REPAIR.kind, outage_ticket=None)
    found = found.exclude(timeline__in=Event.objects.filter(verb="outage.detached", facts__outage=outage.pk).values("timeline"))
    cases = list(found.order_by("-pk")[:_MOST])
    held = Timeline.objects.select_for_update(no_key=True).filter(pk__in=[case.timeline_id for case in cases]).order_by("pk")
    timelines = {one.pk: one for one in held}
    OutageTicket.objects.bulk_create(
        [OutageTicket(outage=outage, case=case, at=at, by=_BY.actor_label) for case in cases], ignore_conflicts=True
    )
    steps = [(timelines[case.timeline_id], Step("outage.attached", {"outage": outage.pk})) for case in cases]
    if steps:
        record_many(steps=steps, by=_BY, at=at)
        record(timeline_id=outage.timeline_id, steps=[Step("outage.tickets", {"count": len(steps)})], by=_BY, at=at)
    return len(steps)


@transaction.atomic
def attach(*, outage: Outage, case: Case, by: Actor, at: datetime) -> OutageTicket:
    """Somebody says that a repair belongs here. Raises Forbidden, NotAttachable."""
    outage_permissions.check_may_ring(by, at=at)
    is_called_off = outage.status == OutageStatus.CANCELLED
    if is_called_off or case.kind != REPAIR.kind or OutageTicket.objects.filter(case=case).exists():
        raise NotAttachable
    return _attach(outage, case, by, at)


@transaction.atomic
def detach(*, ticket: OutageTicket, by: Actor, at: datetime) -> None:
    """Somebody says that a repair has another cause; it is not attached by itself again. Raises Forbidden."""
    outage_permissions.check_may_ring(by, at=at)
    if OutageTicket.objects.filter(pk=ticket.pk).delete()[0]:
        record(timeline_id=ticket.case.timeline_id, steps=[Step("outage.detached", {"outage": ticket.outage_id})], by=by, at=at)
        record(timeline_id=ticket.outage.timeline_id, steps=[Step("outage.ticket_removed", {"case": ticket.case_id})], by=by, at=at)


@transaction.atomic
def tell_over(*, outage: Outage, at: datetime) -> int:
    """Gas is on again: stands on the timeline of every attached case that is not finished; how many."""
    held = Timeline.objects.select_for_update(no_key=True).filter(case__outage_ticket__outage=outage, case__closed_at=None).order_by("pk")
    steps = [(timeline, Step("outage.over", {"outage": outage.pk})) for timeline in held]
    if steps:
        record_many(steps=steps, by=_BY, at=at)
    return len(steps)


def _place(case: Case) -> Territory | None:
    """Where it is: the door, or for a report without one the place that was found for it."""
    if case.premises is not None:
        return case.premises.territory
    repair = getattr(case, "repair", None)
    return repair.territory if repair else None


def _was_detached(timeline: int, outage: Outage) -> bool:
    return Event.objects.filter(timeline=timeline, verb="outage.detached", facts__outage=outage.pk).exists()


def _attach(outage: Outage, case: Case, by: Actor, at: datetime) -> OutageTicket:
    ticket = OutageTicket.objects.create(outage=outage, case=case, at=at, by=by.actor_label)
    record(timeline_id=case.timeline_id, steps=[Step("outage.attached", {"outage": outage.pk})], by=by, at=at)
    record(timeline_id=outage.timeline_id, steps=[Step("outage.ticket", {"case": case.pk})], by=by, at=at)
    return ticket
