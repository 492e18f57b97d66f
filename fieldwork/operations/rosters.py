"""The crews' roster: when a crew is out, and when it is at home on call."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.operations.periods import BadPeriod

from .. import permissions
from ..models import Crew, CrewShift, Offer, Visit
from ..queries.crew_plans import MOST_WEEKS
from .crews import working_crew
from .offers import reassign

#: Longer than this is a slip of the finger, not a shift; farther ahead nobody plans.
LONGEST, FARTHEST = timedelta(hours=26), timedelta(days=2 * 366)


@dataclass(frozen=True)
class Turn:
    """From when until when a crew is out; or at home, to be fetched only in need."""

    starts_at: datetime
    ends_at: datetime
    is_on_call: bool = False


@transaction.atomic
def plan_shift(*, crew: Crew, turn: Turn, weeks: int = 1, by: Actor, at: datetime) -> list[CrewShift]:
    """Put a turn on the roster, the same time of the week for so many weeks. Raises BadPeriod, CrewRetired, Forbidden.

    Two of one kind do not overlap; being on call around a shift is fine.
    """
    permissions.check_may_plan_crews(by, at=at)
    if not timedelta() < turn.ends_at - turn.starts_at <= LONGEST or turn.ends_at <= at:
        raise BadPeriod(_("A shift ends after it starts, within a day or so, and not in the past."))
    if turn.starts_at - at > FARTHEST:
        raise BadPeriod(_("A shift begins within the next two years."))
    working_crew(crew)
    shifts = [_shift(crew, turn, week) for week in range(min(max(weeks, 1), MOST_WEEKS))]
    for one in shifts:
        around = CrewShift.objects.filter(crew=crew, is_on_call=one.is_on_call, starts_at__lt=one.ends_at, ends_at__gt=one.starts_at)
        if around.exists():
            raise BadPeriod(_("The crew is on the roster at that time already."))
    return CrewShift.objects.bulk_create(shifts)


@transaction.atomic
def drop_shift(*, shift: CrewShift, by: Actor, at: datetime) -> None:
    """Take a turn off the roster; one that runs ends now, one that is over stays as it was. Raises BadPeriod, Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    if shift.ends_at <= at:
        raise BadPeriod(_("What is over stays on the roster."))
    if shift.starts_at >= at:
        shift.delete()
        return
    shift.ends_at = at
    shift.save(update_fields=["ends_at"])


@transaction.atomic
def call_in(*, crew: Crew, by: Actor, at: datetime, until: datetime) -> CrewShift:
    """Fetch a crew from home: it is out from now on. Raises BadPeriod, CrewRetired, Forbidden; where it is out already, it stays so."""
    permissions.check_may_dispatch(by, at=at)
    if not at < until <= at + LONGEST:
        raise BadPeriod(_("Say until when, within a day or so."))
    working_crew(crew)
    running = CrewShift.objects.filter(crew=crew, is_on_call=False, starts_at__lte=at, ends_at__gt=at).first()
    return running or CrewShift.objects.create(crew=crew, starts_at=at, ends_at=until)


@transaction.atomic
def call_in_for(*, visit: Visit, crew: Crew, until: datetime, reason: str = "", by: Actor, at: datetime) -> Offer:
    """Fetch a crew from home and ask it to take a visit, instead of another one that has it: both or neither.

    Raises what ``call_in`` and ``reassign`` raise.
    """
    call_in(crew=crew, by=by, at=at, until=until)
    return reassign(visit=visit, crew=crew, reason=reason, by=by, at=at)


def _shift(crew: Crew, turn: Turn, week: int) -> CrewShift:
    return CrewShift(crew=crew, starts_at=_later(turn.starts_at, week), ends_at=_later(turn.ends_at, week), is_on_call=turn.is_on_call)


def _later(moment: datetime, weeks: int) -> datetime:
    """At the same time of the operator's day, whatever clocks do in between."""
    return (timezone.localtime(moment) + timedelta(weeks=weeks)).astimezone(UTC)
