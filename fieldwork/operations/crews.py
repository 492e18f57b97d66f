"""Crews: set up, changed, retired; who is in them and who leads."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Hall, Staff, Territory
from accounts.signing import signed
from casework.operations import StaleRow

from .. import permissions
from ..models import Crew, CrewMember, CrewShift, Skill, Visit


class CodeTaken(Exception):
    """Every crew has a code of its own."""

    def __init__(self) -> None:
        super().__init__(_("Another crew has this code."))


class UnknownSkill(Exception):
    """Suggestions know our skills only."""

    def __init__(self) -> None:
        super().__init__(_("Choose what the crew can do."))


class StillAtWork(Exception):
    """A crew with visits cannot vanish from under them."""

    def __init__(self) -> None:
        super().__init__(_("This crew still has visits. Give them to others first."))


class CrewRetired(Exception):
    """A crew that goes out no more takes nobody in, and stands on no roster."""

    def __init__(self) -> None:
        super().__init__(_("This crew goes out no more."))


class NotAMember(Exception):
    """They are not in the crew any more."""

    def __init__(self) -> None:
        super().__init__(_("They are not in this crew any more."))


class CrewPlan(TypedDict):
    """What a crew is: its code and name, home hall, what it can (values of Skill), where it usually works (nowhere named: everywhere)."""

    code: str
    name: str
    hall: Hall | None
    skills: Collection[str]
    territories: Collection[Territory]
    phone: str


@transaction.atomic
def form_crew(*, by: Actor, at: datetime, **plan: Unpack[CrewPlan]) -> Crew:
    """A new crew, without anybody in it yet. Raises CodeTaken, UnknownSkill, Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    crew = Crew()
    _write(crew, plan, by, at)
    return crew


@transaction.atomic
def change_crew(*, crew: Crew, by: Actor, at: datetime, **plan: Unpack[CrewPlan]) -> Crew:
    """Another name, hall, skills or territories, of a crew that is still as it was read; its visits and history stay.

    Raises StaleRow, CodeTaken, UnknownSkill, CrewRetired, Forbidden.
    """
    permissions.check_may_plan_crews(by, at=at)
    row = working_crew(crew)
    if row.version != crew.version:
        raise StaleRow
    row.version += 1
    _write(row, plan, by, at)
    return row


@transaction.atomic
def retire_crew(*, crew: Crew, by: Actor, at: datetime) -> None:
    """The crew goes out no more: its members are free, shifts that lie ahead fall away. Raises StillAtWork, Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    Crew.objects.select_for_update(no_key=True).get(pk=crew.pk)
    if Visit.objects.open().filter(crew=crew).exists():
        raise StillAtWork
    crew.retired_at = at
    signed(crew, by=by, at=at).save(update_fields=["retired_at"])
    _end(CrewMember.objects.filter(crew=crew, until=None), at)
    CrewShift.objects.filter(crew=crew, starts_at__gte=at).delete()
    CrewShift.objects.filter(crew=crew, ends_at__gt=at).update(ends_at=at)


@transaction.atomic
def join_crew(*, crew: Crew, staff: Staff, is_leader: bool = False, by: Actor, at: datetime) -> CrewMember:
    """Somebody is in this crew from now on, and in no other; a new leader takes the place of the old one. Raises CrewRetired, Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    # Under their own row's lock: two planners who want the same person in two crews come one after the other.
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    working_crew(crew)
    _end(CrewMember.objects.filter(staff=staff, until=None), at)
    if is_leader:
        CrewMember.objects.filter(crew=crew, until=None).update(is_leader=False)
    return CrewMember.objects.create(crew=crew, staff=staff, is_leader=is_leader, since=at)


@transaction.atomic
def leave_crew(*, crew: Crew, staff: Staff, by: Actor, at: datetime) -> None:
    """Somebody is in this crew no more. Raises NotAMember, Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    standing = CrewMember.objects.filter(crew=crew, staff=staff, until=None)
    if not standing.exists():
        raise NotAMember
    _end(standing, at)


def working_crew(crew: Crew) -> Crew:
    """The crew as it is now, locked until the transaction ends, so that it is not retired meanwhile. Raises CrewRetired."""
    row = Crew.objects.select_for_update(no_key=True).get(pk=crew.pk)
    if row.retired_at is not None:
        raise CrewRetired
    return row


def _end(standing: QuerySet[CrewMember], at: datetime) -> None:
    """What began at this very moment (or, where two planners act at once, a moment later) was a mistake and leaves no trace."""
    standing.filter(since__gte=at).delete()
    standing.update(until=at)


def _write(crew: Crew, plan: CrewPlan, by: Actor, at: datetime) -> None:
    skills = sorted(set(plan["skills"]))
    if not skills or not set(skills) <= set(Skill.values):
        raise UnknownSkill
    fields: dict[str, Any] = {"code": plan["code"].strip().upper(), "name": plan["name"].strip(), "hall": plan["hall"], "skills": skills}
    for name, value in {**fields, "phone": plan["phone"].strip()}.items():
        setattr(crew, name, value)
    try:
        with transaction.atomic():
            signed(crew, by=by, at=at).save()
    except IntegrityError:
        raise CodeTaken from None
    crew.territories.set(plan["territories"])
