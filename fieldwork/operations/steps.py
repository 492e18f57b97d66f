"""What every step of a visit shares: the moment it counts as of, what the journal is told, and what became of the offer.

Note [When it happened]. A device without signal tells later. ``at`` is when we hear, ``happened_at`` when it was done: the columns
of the visit keep the latter, the event carries it as a fact, and clocks end as of it. A step never happened before the one it
follows, nor after we heard of it, whatever a device's clock says.

Note [Told by radio]. Where ``told_by`` names a member of the crew, a dispatcher writes the step down for them: the event says who
told and who wrote. Nothing proves such a step, so that what follows from it is looked at twice (repairs.doubts), and it counts as of
RADIO_MINUTES ago at most: nobody can make an arrival of an hour ago out of a word. What a crew's own device did without signal is
proved by its place and its photo, and has no such bound.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Staff
from casework.models import Case

from .. import permissions
from ..models import Offer, Visit
from ..priorities import rank

#: Offered and not answered, or taken on and not yet ended otherwise: a visit has one of these at most.
STANDING = ("", Offer.Answer.ACCEPTED)


class TooLongAgo(Exception):
    """Said so late, a step is a memory. ``earliest`` is what can be written down now."""

    def __init__(self, earliest: datetime) -> None:
        self.earliest = earliest
        when = date_format(localtime(earliest), "H:i")
        super().__init__(_("Over the radio nothing is written down as of before %(when)s. Choose that or a later time.") % {"when": when})


class Heard(NamedTuple):
    """A step that may be written down: the moment it counts as of, and what the journal is told."""

    moment: datetime
    facts: dict[str, Any]


def hear(visit: Visit, *, by: Actor, at: datetime, happened_at: datetime | None, told_by: Staff | None) -> Heard:
    """A step of the crew that has the visit: whoever was in it then may say so later, or a dispatcher whom they told.

    Raises NotYourVisit, NotFromThisCrew, TooLongAgo, Forbidden.
    """
    moment = moment_of(visit, at=at, happened_at=happened_at)
    facts = facts_of(visit, moment=moment, at=at)
    if told_by is None:
        permissions.check_may_visit(by, visit, at=moment)
        return Heard(moment, facts)
    earliest = at - timedelta(minutes=settings.RADIO_MINUTES)
    if moment < earliest:
        raise TooLongAgo(earliest)
    permissions.check_may_write_for(by, visit, told_by, at=at, moment=moment)
    return Heard(moment, facts | {"told_by": told_by.pk})


def moment_of(visit: Visit, *, at: datetime, happened_at: datetime | None) -> datetime:
    """The moment a step counts as of. See Note [When it happened]."""
    before = (visit.asked_at, visit.accepted_at, visit.set_off_at, visit.arrived_at)
    return max([min(happened_at or at, at), *(step for step in before if step)])


def facts_of(visit: Visit, *, moment: datetime, at: datetime) -> dict[str, Any]:
    """Which visit, what for, which crew; and when, where that is not when we hear of it."""
    facts = {"visit": visit.pk, "purpose": str(visit.purpose), "crew": visit.crew_id}
    return facts | ({"happened_at": moment.isoformat()} if moment != at else {})


def rank_of(case: Case | None, urgency: str) -> int:
    """Who goes first: by urgency, and by who the customer is."""
    customer = case.account.customer if case and case.account else None
    segment = case.segment if case else ""
    return rank(urgency, segment=segment, is_vulnerable=bool(customer and customer.is_vulnerable))


def with_nobody() -> dict[str, Any]:
    """The columns of a visit that nobody has any more. What was made safe stays safe."""
    return dict.fromkeys(("crew", "accepted_at", "set_off_at", "arrived_at"))


def answer(visit: Visit, crew: int | None, answer: str, *, at: datetime, why: str = "") -> None:
    """Write down what became of the offer to a crew; nothing where it had none. After the step, whose version check is the lock."""
    standing = Offer.objects.filter(visit=visit, crew=crew, answer__in=STANDING)
    standing.update(answer=answer, answered_at=at, why=why.strip()[:300])
