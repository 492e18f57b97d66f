"""People who work here: hired, given roles, put on the roster, covered while away, gone."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models
from ..roles import Role
from ..signing import signed


class BadPeriod(Exception):
    """A period ends before it begins, or two that exclude each other overlap."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or _("The end must lie after the beginning."))


class NumberTaken(Exception):
    """A user name or staff number is somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("This user name or staff number is taken."))


class Yourself(Exception):
    """Nobody dismisses themselves: the last administrator would lock the door from outside."""

    def __init__(self) -> None:
        super().__init__(_("You cannot dismiss yourself. Another administrator does it."))


@dataclass(frozen=True, kw_only=True)
class NewStaff:
    """Somebody to hire: user name to sign in, number to say on the phone."""

    username: str
    number: str
    name: str
    hall: models.Hall | None = None
    password: str = ""


@dataclass(frozen=True)
class Period:
    """From a moment until before another; no end: until taken back."""

    since: datetime
    until: datetime | None = None


@transaction.atomic
def hire_staff(*, person: NewStaff, by: Actor, at: datetime) -> models.Staff:
    """A user and a staff row without any role yet. Raises NumberTaken."""
    # Whatever the case: the sign-in does not tell Fang from fang.
    taken = models.User.objects.filter(username__iexact=person.username).exists()
    if taken or models.Staff.objects.filter(number=person.number).exists():
        raise NumberTaken
    user = models.User(username=person.username, is_staff=True)
    user.set_password(person.password or None)
    user.save()
    staff = models.Staff(user=user, number=person.number, name=person.name.strip(), hall=person.hall)
    signed(staff, by=by, at=at).save()
    return staff


@transaction.atomic
def grant_role(
    *, staff: models.Staff, role: Role, period: Period, by: Actor, at: datetime, territory: models.Territory | None = None
) -> models.RoleGrant:
    """Let somebody work as something for a period; the territory says whose work is routed to them. Raises BadPeriod."""
    _check_order(period.since, period.until)
    grant = models.RoleGrant(staff=staff, role=role, territory=territory, since=period.since, until=period.until)
    signed(grant, by=by, at=at).save()
    return grant


@transaction.atomic
def end_grant(*, grant: models.RoleGrant, by: Actor, at: datetime) -> None:
    """Take a role back from this moment on; one that had not begun yet is withdrawn altogether."""
    if grant.until is not None and grant.until <= at:
        return
    if grant.since >= at:
        signed(grant, by=by, at=at).delete()
        return
    grant.until = at
    signed(grant, by=by, at=at).save(update_fields=["until"])


@transaction.atomic
def dismiss_staff(*, staff: models.Staff, by: Actor, at: datetime) -> None:
    """They left: no role counts any more and the sign-in is closed. What they did keeps their name. Raises Yourself."""
    if by.actor_label == staff.user.actor_label:
        raise Yourself
    if staff.left_at is not None:
        return
    staff.left_at = at
    signed(staff, by=by, at=at).save(update_fields=["left_at"])
    models.User.objects.filter(pk=staff.user_id).update(is_active=False)


@transaction.atomic
def record_absence(*, staff: models.Staff, deputy: models.Staff, period: Period, by: Actor, at: datetime) -> models.Absence:
    """While one is away the deputy receives what is sent to them; roles do not pass over. Raises BadPeriod."""
    _check_order(period.since, period.until)
    if period.until is None:
        raise BadPeriod(_("Say until when they are away."))
    if staff.pk == deputy.pk:
        raise BadPeriod(_("Nobody can stand in for themselves."))
    if _away(deputy, period.since, period.until):
        raise BadPeriod(_("%(deputy)s is away at that time too.") % {"deputy": deputy.name})
    absence = models.Absence(staff=staff, deputy=deputy, starts_at=period.since, ends_at=period.until)
    signed(absence, by=by, at=at).save()
    return absence


@transaction.atomic
def plan_duty(*, staff: models.Staff, hall: models.Hall | None, period: Period, by: Actor, at: datetime) -> models.Duty:
    """A line of the roster; ``hall`` None is in the office, or out with the crew.

    Raises BadPeriod when it is backwards or the person is away or on duty elsewhere then.
    """
    _check_order(period.since, period.until)
    if period.until is None:
        raise BadPeriod(_("A duty needs an end."))
    # The row lock makes two planners of the same person wait for each other.
    models.Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    if _away(staff, period.since, period.until):
        raise BadPeriod(_("%(name)s is away at that time.") % {"name": staff.name})
    if staff.duties.filter(starts_at__lt=period.until, ends_at__gt=period.since).exists():
        raise BadPeriod(_("%(name)s is on duty at that time already.") % {"name": staff.name})
    return models.Duty.objects.create(staff=staff, hall=hall, starts_at=period.since, ends_at=period.until)


@transaction.atomic
def remove_duty(*, duty: models.Duty, by: Actor, at: datetime) -> None:
    """Take a line off the roster."""
    duty.delete()


def _check_order(since: datetime, until: datetime | None) -> None:
    if until is not None and until <= since:
        raise BadPeriod


def _away(staff: models.Staff, since: datetime, until: datetime) -> bool:
    return staff.absences.filter(starts_at__lt=until, ends_at__gt=since).exists()
