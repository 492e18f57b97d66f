"""For whoever plans crews: the crews with their people and next shifts, the roster of a week, and who wears which badge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from accounts.clock import business_date, business_midnight
from accounts.models import RoleGrant, Staff
from accounts.roles import GRANTS, Verb

from ..models import Badge, Crew, CrewMember, CrewShift
from .crews import members_of

#: How far ahead the page of a crew looks.
AHEAD = timedelta(days=14)
#: Shifts are planned so many weeks ahead at once.
MOST_WEEKS = 12
#: A badge that is valid no longer than this is renewed soon.
_SOON = timedelta(days=30)
#: In the list a crew shows so many of its next shifts.
_NEXT = 3
_GOES_OUT = [role for role, verbs in GRANTS.items() if Verb.VISIT in verbs]


@dataclass(frozen=True)
class Member:
    """Somebody in a crew, and whether they are there or away."""

    membership: CrewMember
    is_there: bool


@dataclass(frozen=True)
class CrewPlanned:
    """A crew with its people, the leader first, and the shifts that are not over, the next first."""

    crew: Crew
    members: Sequence[Member]
    shifts: Sequence[CrewShift]

    @property
    def next_shifts(self) -> Sequence[CrewShift]:
        """As many as the list has room for."""
        return self.shifts[:_NEXT]

    @property
    def is_manned(self) -> bool:
        """Whether anybody is there who could go."""
        return any(member.is_there for member in self.members)


@dataclass(frozen=True)
class RosterDay:
    """A day of the roster: the shifts that begin then (on the first day also those that began before)."""

    day: date
    shifts: Sequence[CrewShift]


@dataclass(frozen=True)
class Wearer:
    """Somebody who goes to doors, and their badge. ``state``: none, expired, soon (to be renewed), valid."""

    staff: Staff
    badge: Badge | None
    state: str


def planned(at: datetime, crew: Crew | None = None) -> list[CrewPlanned]:
    """Every crew that goes out, by its code; or only this one, retired or not. Six statements."""
    found = Crew.objects.filter(retired_at=None) if crew is None else Crew.objects.filter(pk=crew.pk)
    inside = CrewMember.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at).select_related("staff").order_by("-is_leader", "pk")
    ahead = CrewShift.objects.filter(ends_at__gt=at, starts_at__lt=at + AHEAD).order_by("starts_at", "pk")
    rows = list(
        found.select_related("hall").prefetch_related(
            "territories", Prefetch("members", inside, to_attr="inside"), Prefetch("shifts", ahead, to_attr="ahead")
        )
    )
    there = {one.pk for people in members_of([row.pk for row in rows], at).values() for one in people}
    return [_planned(row, there) for row in rows]


def ahead_of(crew: Crew, at: datetime) -> QuerySet[CrewShift]:
    """What a crew has on the roster for the next two weeks and is not over, the earliest first."""
    return crew.shifts.filter(ends_at__gt=at, starts_at__lt=at + AHEAD).select_related("crew").order_by("starts_at", "pk")


def retired() -> QuerySet[Crew]:
    """Crews that go out no more, the latest first."""
    return Crew.objects.filter(retired_at__isnull=False).order_by("-retired_at", "code")


def who_goes(at: datetime) -> QuerySet[Staff]:
    """Everybody whose role lets them go to doors at this moment, with the crew they are in (``standing``)."""
    grants = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), role__in=_GOES_OUT, since__lte=at)
    standing = CrewMember.objects.filter(until=None).select_related("crew")
    people = Staff.objects.filter(left_at=None, user__is_active=True, pk__in=grants.values("staff"))
    return people.order_by("number").prefetch_related(Prefetch("crew_memberships", standing, to_attr="standing"))


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def roster_week(monday: date) -> list[RosterDay]:
    """Seven days of every crew's shifts. One statement."""
    days = [monday + timedelta(days=number) for number in range(7)]
    begins, ends = business_midnight(monday), business_midnight(monday + timedelta(days=7))
    shifts = CrewShift.objects.filter(starts_at__lt=ends, ends_at__gt=begins).select_related("crew")
    rows = list(shifts.order_by("starts_at", "is_on_call", "crew__code"))
    return [RosterDay(day, [row for row in rows if max(business_date(row.starts_at), monday) == day]) for day in days]


def wearers(at: datetime) -> list[Wearer]:
    """Who goes to doors, with their badge: those who need one first. Four statements."""
    worn = {badge.staff_id: badge for badge in Badge.objects.filter(withdrawn_at=None)}
    found = [_wearer(staff, worn.get(staff.pk), at) for staff in who_goes(at)]
    others = Staff.objects.filter(left_at=None, pk__in=set(worn) - {line.staff.pk for line in found}).order_by("number")
    found += [_wearer(staff, worn[staff.pk], at) for staff in others]
    return sorted(found, key=lambda line: ("none", "expired", "soon", "valid").index(line.state))


def withdrawn_badges(most: int = 20) -> QuerySet[Badge]:
    """Badges nobody may show any more, the latest first."""
    return Badge.objects.filter(withdrawn_at__isnull=False).select_related("staff").order_by("-withdrawn_at", "-pk")[:most]


def _planned(crew: Crew, there: set[int]) -> CrewPlanned:
    inside: list[CrewMember] = getattr(crew, "inside")  # noqa: B009
    members = [Member(one, is_there=one.staff_id in there) for one in inside]
    return CrewPlanned(crew, members, getattr(crew, "ahead"))  # noqa: B009


def _wearer(staff: Staff, badge: Badge | None, at: datetime) -> Wearer:
    today = business_date(at)
    if badge is None:
        return Wearer(staff, None, "none")
    if badge.valid_until < today:
        return Wearer(staff, badge, "expired")
    return Wearer(staff, badge, "soon" if badge.valid_until < today + _SOON else "valid")
