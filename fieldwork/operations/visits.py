"""Ask for a visit, and what its crew does at the door. See steps.py, Note [When it happened]."""

import secrets
from datetime import datetime
from typing import NamedTuple, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor
from accounts.models import Territory
from casework.models import Case, Timeline
from casework.operations import ReasonMissing, Step, amend, move, record

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


@transaction.atomic
def ask_visit(*, timeline: Timeline, by: Actor, at: datetime, **wish: Unpack[Wish]) -> Visit:
    """Somebody must go there. Nobody has it yet: an emergency is offered to a crew at once by itself, the rest by a dispatcher."""
    place = wish["place"]
    latitude, longitude = place.latitude, place.longitude
    if (latitude is None or longitude is None) and place.territory is not None:
        latitude, longitude = accounts.queries.coordinates_of(place.territory) or (None, None)
    visit = Visit.objects.create(
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
    asked = Step("visit.asked", {"visit": visit.pk, "purpose": str(visit.purpose)})
    record(timeline_id=timeline.pk, steps=[asked], by=by, at=at, known=timeline)
    return visit


@transaction.atomic
def set_off(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None) -> Visit:
    """The crew is on its way. Raises NotYourVisit, Forbidden, WrongMove, StaleRow."""
    moment = _check(visit, by, at, happened_at)
    move(visit, VISIT, "set_off", by=by, at=at, fields={"set_off_at": moment}, **steps.facts_of(visit, moment=moment, at=at))
    return visit


@transaction.atomic
def arrive(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None) -> Visit:
    """The crew is at the door: what promises of arrival listen to. Raises NotYourVisit, Forbidden, WrongMove, StaleRow."""
    moment = _check(visit, by, at, happened_at)
    move(visit, VISIT, "arrive", by=by, at=at, fields={"arrived_at": moment}, **steps.facts_of(visit, moment=moment, at=at))
    bookings.note_arrival(visit, moment, by=by, at=at)
    return visit


@transaction.atomic
def made_safe(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None) -> Visit:
    """No danger any more, whatever is left to mend; said once. Raises NotOnSite, NotYourVisit, Forbidden, StaleRow."""
    return _note(visit, "made_safe", by, at, happened_at)


@transaction.atomic
def restored(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None) -> Visit:
    """Gas is back at this door; said once. Raises NotOnSite, NotYourVisit, Forbidden, StaleRow."""
    return _note(visit, "restored", by, at, happened_at)


@transaction.atomic
def finish(*, visit: Visit, outcome: str, by: Actor, at: datetime, happened_at: datetime | None = None) -> Visit:
    """The crew has done what it could: ``outcome`` is a VisitOutcome other than ``no_access``.

    Raises UnknownOutcome, NotYourVisit, Forbidden, WrongMove, StaleRow.
    """
    if outcome not in VisitOutcome.values or outcome == VisitOutcome.NO_ACCESS:
        raise UnknownOutcome
    moment = _check(visit, by, at, happened_at)
    if outcome == VisitOutcome.MADE_SAFE and visit.status == VisitStatus.ON_SITE:
        _note(visit, "made_safe", by, at, happened_at)
    _end(visit, "finish", outcome, moment, by=by, at=at)
    bookings.note_finish(visit, moment, by=by, at=at)
    return visit


@transaction.atomic
def find_nobody(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None) -> Visit:
    """Nobody opened: an honest end, and no fault of the crew's.

    Raises NotYetExpected before the time that was agreed, NotYourVisit, Forbidden, WrongMove, StaleRow.
    """
    moment = _check(visit, by, at, happened_at)
    bookings.check_expected(visit, moment)
    _end(visit, "find_nobody", VisitOutcome.NO_ACCESS, moment, by=by, at=at)
    bookings.note_nobody(visit, moment, by=by, at=at)
    return visit


@transaction.atomic
def give_back(*, visit: Visit, reason: str, by: Actor, at: datetime, happened_at: datetime | None = None) -> Visit:
    """The crew cannot go, or not go on; the visit is asked for anew and its promises run on.

    Raises ReasonMissing, NotYourVisit, Forbidden, WrongMove, StaleRow.
    """
    if not reason.strip():
        raise ReasonMissing
    moment = _check(visit, by, at, happened_at)
    facts, crew = steps.facts_of(visit, moment=moment, at=at), visit.crew_id
    move(visit, VISIT, "give_back", by=by, at=at, fields=steps.with_nobody(), **facts)
    steps.answer(visit, crew, Offer.Answer.GIVEN_BACK, at=moment, why=reason)
    return visit


@transaction.atomic
def cancel(*, visit: Visit, by: Actor, at: datetime) -> Visit:
    """Nobody needs to come any more; a crew that has it is told. Raises Forbidden, WrongMove, StaleRow."""
    permissions.check_may_dispatch(by, at=at)
    move(visit, VISIT, "cancel", by=by, at=at, fields={"ended_at": at}, **steps.facts_of(visit, moment=at, at=at))
    bookings.note_called_off(visit, by=by, at=at)
    steps.answer(visit, visit.crew_id, Offer.Answer.RECALLED, at=at)
    return visit


def _check(visit: Visit, by: Actor, at: datetime, happened_at: datetime | None) -> datetime:
    """The moment a step counts as of. Whoever was in the crew then may still say so later."""
    moment = steps.moment_of(visit, at=at, happened_at=happened_at)
    permissions.check_may_visit(by, visit, at=moment)
    return moment


def _note(visit: Visit, step: str, by: Actor, at: datetime, happened_at: datetime | None) -> Visit:
    moment = _check(visit, by, at, happened_at)
    if getattr(visit, f"{step}_at") is not None:
        return visit
    if visit.status != VisitStatus.ON_SITE:
        raise NotOnSite
    amend(visit, fields={f"{step}_at": moment}, steps=[Step(f"visit.{step}", steps.facts_of(visit, moment=moment, at=at))], by=by, at=at)
    return visit


def _end(visit: Visit, verb: str, outcome: str, moment: datetime, *, by: Actor, at: datetime) -> None:
    fields = {"ended_at": moment, "outcome": str(outcome)}
    move(visit, VISIT, verb, by=by, at=at, fields=fields, **steps.facts_of(visit, moment=moment, at=at), outcome=str(outcome))
