"""Who is on duty and who is away: lines of the roster, and absences with a deputy."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models
from ..signing import signed
from .periods import BadPeriod, Period, check_order


@transaction.atomic
def record_absence(*, staff: models.Staff, deputy: models.Staff, period: Period, by: Actor, at: datetime) -> models.Absence:
    """While one is away the deputy receives what is sent to them; roles do not pass over. Raises BadPeriod."""
    check_order(period.since, period.until)
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
    check_order(period.since, period.until)
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


def _away(staff: models.Staff, since: datetime, until: datetime) -> bool:
    return staff.absences.filter(starts_at__lt=until, ends_at__gt=since).exists()
