"""Ask for a visit, and what its crew does at the door: as they say themselves, or as a dispatcher was told (``told_by``) by radio.

See steps.py, Note [When it happened] and Note [Told by radio].
"""

import secrets
from datetime import datetime
from typing import NamedTuple, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor
from accounts.models import Staff, Territory
from casework.models import Case, Timeline
from casework.operations import ReasonMissing, Step, amend, move, record
from casework.operations.rows import insert, one_insert, together

from .. import permissions
from ..models import Offer, Visit, VisitOutcome
from ..states import VISIT, VisitStatus
from . import bookings, steps


class NotOnSite(Exception):
    """What is done at a door is done by a crew that has arrived."""

    def __init__(self) -> None:
        super().__init__(_("Say first that you have arrived."))


class UnknownOutcome(Exception):
    """A finished visit says what was found and done, in one of our words."""

    def __init__(self) -> None:
        super().__init__(_("Choose what you found and did."))


class Place(NamedTuple):
    """Where somebody has to go; without coordinates: those of the territory, or of the nearest place around it that has some."""

    territory: Territory | None = None
    latitude: float | None = None
    longitude: float | None = None


class Wish(TypedDict):
    """What a visit is asked for: ``case`` where there is one, a VisitPurpose, a Skill, the urgency of the case, and where."""

    case: Case | None
    purpose: str
    skill: str
    urgency: str
    place: Place


@together()
def ask_visit(*, timeline: Timeline, by: Actor, at: datetime, **wish: Unpack[Wish]) -> Visit:
    """Somebody must go there. Nobody has it yet: an emergency is offered to a crew at once by itself, the rest by a dispatcher."""
    place = wish["place"]
    latitude, longitude = place.latitude, place.longitude
    if (latitude is None or longitude is None) and place.territory is not None:
        latitude, longitude = accounts.queries.coordinates_of(place.territory) or (None, None)
    visit = Visit(
        timeline=timeline,
        case=wish["case"],
        purpose=wish["purpose"],
        skill=wish["skill"],
        urgency=wish["urgency"],
        rank=steps.rank_of(wish["case"], wish["urgency"]),
        territory=place.territory,
        latitude=latitude,
        longitude=longitude,
        visit_code=f"{secrets.randbelow(10_000):04d}",
        asked_at=at,
    )
    with one_insert(Visit):
        insert(visit)
        asked = Step("visit.asked", {"visit": visit.pk, "purpose": str(visit.purpose)})
        record(timeline_id=timeline.pk, steps=[asked], by=by, at=at, known=timeline)
    return visit


@transaction.atomic
def set_off(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None, told_by: Staff | None = None) -> Visit:
    """The crew is on its way. Raises NotYourVisit, NotFromThisCrew, Forbidden, WrongMove, StaleRow."""
    heard = steps.hear(visit, by=by, at=at, happened_at=happened_at, told_by=told_by)
    move(visit, VISIT, "set_off", by=by, at=at, fields={"set_off_at": heard.moment}, **heard.facts)
    return visit


@transaction.atomic
def arrive(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None, told_by: Staff | None = None) -> Visit:
    """The crew is at the door: what promises of arrival listen to. Raises as ``set_off``."""
    heard = steps.hear(visit, by=by, at=at, happened_at=happened_at, told_by=told_by)
    move(visit, VISIT, "arrive", by=by, at=at, fields={"arrived_at": heard.moment}, **heard.facts)
    bookings.note_arrival(visit, heard.moment, by=by, at=at)
    return visit


@transaction.atomic
def made_safe(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None, told_by: Staff | None = None) -> Visit:
    """No danger any more, whatever is left to mend; said once. Raises NotOnSite, NotYourVisit, NotFromThisCrew, Forbidden, StaleRow."""
    _note(visit, "made_safe", steps.hear(visit, by=by, at=at, happened_at=happened_at, told_by=told_by), by=by, at=at)
    return visit


@transaction.atomic
def restored(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None, told_by: Staff | None = None) -> Visit:
    """Gas is back at this door; said once. Raises as ``made_safe``."""
    _note(visit, "restored", steps.hear(visit, by=by, at=at, happened_at=happened_at, told_by=told_by), by=by, at=at)
    return visit


@transaction.atomic
def finish(
    *, visit: Visit, outcome: str, by: Actor, at: datetime, happened_at: datetime | None = None, told_by: Staff | None = None
) -> Visit:
    """The crew has done what it could: ``outcome`` is a VisitOutcome, but not ``no_access``. Raises UnknownOutcome, and as ``set_off``."""
    if outcome not in VisitOutcome.values or outcome == VisitOutcome.NO_ACCESS:
        raise UnknownOutcome
    heard = steps.hear(visit, by=by, at=at, happened_at=happened_at, told_by=told_by)
    if outcome == VisitOutcome.MADE_SAFE and visit.status == VisitStatus.ON_SITE:
        _note(visit, "made_safe", heard, by=by, at=at)
    _end(visit, "finish", outcome, heard, by=by, at=at)
    bookings.note_finish(visit, heard.moment, by=by, at=at)
    return visit


@transaction.atomic
def find_nobody(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None, told_by: Staff | None = None) -> Visit:
    """Nobody opened: an honest end, and no fault of the crew's. Raises NotYetExpected before an agreed time, and as ``set_off``."""
    heard = steps.hear(visit, by=by, at=at, happened_at=happened_at, told_by=told_by)
    bookings.check_expected(visit, heard.moment)
    _end(visit, "find_nobody", VisitOutcome.NO_ACCESS, heard, by=by, at=at)
    bookings.note_nobody(visit, heard.moment, by=by, at=at)
    return visit


@transaction.atomic
def give_back(
    *, visit: Visit, reason: str, by: Actor, at: datetime, happened_at: datetime | None = None, told_by: Staff | None = None
) -> Visit:
    """The crew cannot go, or not go on; the visit is asked for anew and its promises run on. Raises ReasonMissing, and as ``set_off``."""
    if not reason.strip():
        raise ReasonMissing
    heard, crew = steps.hear(visit, by=by, at=at, happened_at=happened_at, told_by=told_by), visit.crew_id
    move(visit, VISIT, "give_back", by=by, at=at, fields=steps.with_nobody(), **heard.facts)
    steps.answer(visit, crew, Offer.Answer.GIVEN_BACK, at=heard.moment, why=reason)
    return visit


@transaction.atomic
def cancel(*, visit: Visit, by: Actor, at: datetime) -> Visit:
    """Nobody needs to come any more; a crew that has it is told. Raises Forbidden, WrongMove, StaleRow."""
    permissions.check_may_dispatch(by, at=at)
    move(visit, VISIT, "cancel", by=by, at=at, fields={"ended_at": at}, **steps.facts_of(visit, moment=at, at=at))
    bookings.note_called_off(visit, by=by, at=at)
    steps.answer(visit, visit.crew_id, Offer.Answer.RECALLED, at=at)
    return visit


def _note(visit: Visit, step: str, heard: steps.Heard, *, by: Actor, at: datetime) -> None:
    if getattr(visit, f"{step}_at") is not None:
        return
    if visit.status != VisitStatus.ON_SITE:
        raise NotOnSite
    amend(visit, fields={f"{step}_at": heard.moment}, steps=[Step(f"visit.{step}", heard.facts)], by=by, at=at)


def _end(visit: Visit, verb: str, outcome: str, heard: steps.Heard, *, by: Actor, at: datetime) -> None:
    fields = {"ended_at": heard.moment, "outcome": str(outcome)}
    move(visit, VISIT, verb, by=by, at=at, fields=fields, **heard.facts, outcome=str(outcome))
