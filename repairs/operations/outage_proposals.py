"""Many reports from one place propose an accident; a person confirms it, or calls it off. One proposal for a compound, however many report.

Nobody is told anything but the dispatchers, once: the reports keep their own crews and promises until somebody has looked.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

import notices.operations
import sla.queries.roster
from accounts.actors import System
from accounts.models import Staff, Territory
from accounts.roles import Role
from casework import references
from casework.operations import Step, record

from ..models import Outage
from ..models.outage import OutageKind
from ..queries.outage_matters import matter_of
from ..queries.outage_names import place_names
from ..queries.outage_reach import below, outages_at
from ..states import OutageStatus
from .outage_plans import Plan, write_outage

_BY = System("clusters")
#: What is written into a proposal before anybody has looked: the limit of an ordinary accident.
_USUAL = timedelta(hours=4)
_GROUP = "outages"


@transaction.atomic
def propose_accident(*, territory: int, reports: int, at: datetime) -> Outage | None:
    """A cluster of reports was seen at a place (its key). Called again for every further report: it only grows.

    None where an interruption that somebody confirmed covers the place already.
    """
    place = _building(Territory.objects.get(pk=territory))
    around = _compound(place)
    # One hand per compound: a storm's reports are carried out side by side.
    Territory.objects.select_for_update(no_key=True).get(pk=around.pk)
    if outages_at([place]).exclude(status=OutageStatus.DRAFT).exists():
        return None
    known = _proposal(around)
    if known is not None:
        return _grow(known, place, reports)
    return _propose(place, reports, at)


def _grow(known: Outage, place: Territory, reports: int) -> Outage:
    known.territories.add(place)
    Outage.objects.filter(pk=known.pk, reports__lt=reports).update(reports=reports)
    return known


def _propose(place: Territory, reports: int, at: datetime) -> Outage:
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("Gas supply disturbed; we are finding out why.")
    plan = Plan(places=[place], reason=reason, starts_at=at, until=at + _USUAL)
    outage = write_outage(plan, kind=OutageKind.ACCIDENT, by=_BY, at=at, reports=reports)
    step = Step("outage.proposed", {**matter_of(outage), "reports": reports})
    record(timeline_id=outage.timeline_id, steps=[step], by=_BY, at=at)
    _tell_dispatchers(outage, place, at)
    return outage


def _tell_dispatchers(outage: Outage, place: Territory, at: datetime) -> None:
    told = sla.queries.roster.roster_at(at).told(Role.DISPATCHER, hall=matter_of(outage)["hall"], owner=None)
    notices.operations.owe_to_staff(
        kind="outage_proposed",
        key=f"outage:{outage.pk}:proposed",
        staff=list(Staff.objects.select_related("user").filter(pk__in=told)),
        context={
            "reference": references.grouped(outage.reference),
            "reports": outage.reports,
            "place": place_names([place])[place.pk],
        },
        at=at,
        group=_GROUP,
        link=reverse("repairs:outage", args=[outage.reference]),
        is_safety=True,
    )


def _proposal(around: Territory) -> Outage | None:
    drafts = Outage.objects.filter(kind=OutageKind.ACCIDENT, status=OutageStatus.DRAFT, reports__gt=0)
    return drafts.filter(territories__in=below([around.path])).order_by("pk").first()


def _building(place: Territory) -> Territory:
    """A unit stands for its building: what fails there fails for all of it."""
    return place.parent if place.level == Territory.Level.UNIT and place.parent else place


def _compound(place: Territory) -> Territory:
    """The compound around a place, or the place itself."""
    chain = Territory.objects.filter(pk__in=place.keys)
    return chain.filter(level=Territory.Level.COMPOUND).order_by("-path").first() or place
