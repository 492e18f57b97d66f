"""Put a visit to a crew, and what becomes of that: accepted, declined, lapsed, taken back. One crew is asked at a time.

Note [One winner]. Every step is a compare-and-set on the visit's version, before anything else is written: of two dispatchers who
drag the same job, or of a crew that accepts while its offer lapses, the first is right and the second is told to look again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Staff
from casework.operations import move

from .. import permissions, queries
from ..models import Crew, Offer, Visit
from ..queries.slots import agreed_for
from ..states import VISIT
from ..suggestions import Reason
from . import steps

#: What becomes of an offer, and the step that says so.
_ENDS = {Offer.Answer.DECLINED: "decline", Offer.Answer.LAPSED: "lapse", Offer.Answer.RECALLED: "recall", Offer.Answer.PUT_OFF: "recall"}

#: So long before its time a visit that its own person has not taken on is a dispatcher's.
IN_PERSON_ANSWERS = timedelta(minutes=45)


class NobodyInCrew(Exception):
    """A crew without anybody who is there could not even say no."""

    def __init__(self) -> None:
        super().__init__(_("Nobody of this crew is there now. Choose another one."))


class SameCrew(Exception):
    """A visit cannot be taken from a crew to be given to it."""

    def __init__(self) -> None:
        super().__init__(_("This crew has the visit already."))


@transaction.atomic
def offer(*, visit: Visit, crew: Crew, reasons: Sequence[str] = (), by: Actor, at: datetime) -> Offer:
    """Ask a crew to take a visit that nobody has; ``reasons`` are the codes by which it was suggested.

    It has OFFER_MINUTES to answer. Raises NobodyInCrew, Forbidden, WrongMove where somebody has it, StaleRow.
    """
    permissions.check_may_dispatch(by, at=at)
    if crew.retired_at is not None or not queries.members_at(crew, at).exists():
        raise NobodyInCrew
    return put_to(visit=visit, crew=crew, reasons=reasons, by=by, at=at)


def put_to(*, visit: Visit, crew: Crew, reasons: Sequence[str], by: Actor, at: datetime) -> Offer:
    """Ask a crew of which it is known that somebody is there; in the caller's transaction. Raises WrongMove, StaleRow."""
    facts = {**steps.facts_of(visit, moment=at, at=at), "crew": crew.pk}
    move(visit, VISIT, "offer", by=by, at=at, fields={"crew": crew, "remind_at": None}, **facts)
    return Offer.objects.create(
        visit=visit,
        crew=crew,
        at=at,
        lapses_at=_answer_by(visit, reasons, at),
        by=by.actor_label,
        is_by_hand=not by.actor_label.startswith("system:"),
        reasons=list(reasons),
    )


def _answer_by(visit: Visit, reasons: Sequence[str], at: datetime) -> datetime:
    """Whoever makes a visit in person knows of it since it was agreed, and may be at another door: they have until it comes near."""
    soonest = at + timedelta(minutes=settings.OFFER_MINUTES)
    booking = agreed_for(visit) if Reason.IN_PERSON in reasons else None
    return max(soonest, booking.starts_at - IN_PERSON_ANSWERS) if booking else soonest


@transaction.atomic
def accept(*, visit: Visit, by: Actor, at: datetime, happened_at: datetime | None = None, told_by: Staff | None = None) -> Visit:
    """The crew takes the visit on. Raises NotYourVisit for who is not in it, NotFromThisCrew, Forbidden, WrongMove, StaleRow."""
    heard = steps.hear(visit, by=by, at=at, happened_at=happened_at, told_by=told_by)
    move(visit, VISIT, "accept", by=by, at=at, fields={"accepted_at": heard.moment}, **heard.facts)
    steps.answer(visit, visit.crew_id, Offer.Answer.ACCEPTED, at=heard.moment)
    return visit


@transaction.atomic
def decline(*, visit: Visit, reason: str = "", by: Actor, at: datetime, happened_at: datetime | None = None) -> Visit:
    """The crew cannot take the visit on: the next one is asked. Raises NotYourVisit, Forbidden, WrongMove, StaleRow."""
    moment = steps.moment_of(visit, at=at, happened_at=happened_at)
    permissions.check_may_visit(by, visit, at=moment)
    _leave(visit, Offer.Answer.DECLINED, moment, by=by, at=at, why=reason)
    return visit


@transaction.atomic
def recall(*, visit: Visit, reason: str = "", by: Actor, at: datetime) -> Visit:
    """Take a visit back from the crew that was asked or has it, up to the door. Raises Forbidden, WrongMove, StaleRow."""
    permissions.check_may_dispatch(by, at=at)
    _leave(visit, Offer.Answer.RECALLED, at, by=by, at=at, why=reason)
    return visit


@transaction.atomic
def reassign(*, visit: Visit, crew: Crew, reason: str = "", by: Actor, at: datetime) -> Offer:
    """Give a visit to another crew than the one that has it, if one has: one act, its history kept, its promises untouched.

    Raises SameCrew and what ``recall`` and ``offer`` raise.
    """
    if visit.crew_id == crew.pk:
        raise SameCrew
    if visit.crew_id is not None:
        recall(visit=visit, reason=reason, by=by, at=at)
    return offer(visit=visit, crew=crew, by=by, at=at)


def lapse(*, visit: Visit, by: Actor, at: datetime) -> Visit:
    """The crew did not answer in time, so that the next one is asked; in the caller's transaction. Raises WrongMove, StaleRow."""
    _leave(visit, Offer.Answer.LAPSED, at, by=by, at=at)
    return visit


def put_off(*, visit: Visit, by: Actor, at: datetime) -> Visit:
    """The customer has another time: nobody goes yet, and the same crew may be asked again then. Joins the caller's transaction.

    Raises WrongMove, StaleRow.
    """
    _leave(visit, Offer.Answer.PUT_OFF, at, by=by, at=at)
    return visit


def _leave(visit: Visit, answer: Offer.Answer, moment: datetime, *, by: Actor, at: datetime, why: str = "") -> None:
    facts, crew = steps.facts_of(visit, moment=moment, at=at), visit.crew_id
    move(visit, VISIT, _ENDS[answer], by=by, at=at, fields=steps.with_nobody(), **facts)
    steps.answer(visit, crew, answer, at=moment, why=why)
