"""Set the demonstration clock, let it go on after a rest, end it. Time never goes back for a house that has lived longer."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import clock
from ..models import DemonstrationClock
from ..models.demonstration_clock import FASTEST


class ClockNotAllowed(Exception):
    """This installation does not let its clock be set."""

    def __init__(self) -> None:
        super().__init__(_("The clock of this installation cannot be set: TIME_MACHINE does not allow it."))


class BadSpeed(Exception):
    """Time stands still, goes backwards or too fast for anybody to keep up."""

    def __init__(self) -> None:
        super().__init__(_("The speed is a whole number from 1 to %(most)d.") % {"most": FASTEST})


class TimeGoesBack(Exception):
    """Something has happened later than the moment the clock is to show."""

    def __init__(self, lived_until: datetime) -> None:
        moment = date_format(timezone.localtime(lived_until), "Y-m-d H:i")
        super().__init__(
            _("Time does not go back: here it has been %(moment)s already. Give a later moment, or begin anew.") % {"moment": moment}
        )


@transaction.atomic
def set_demonstration_clock(*, shows: datetime, speed: int, lived_until: datetime | None, at: datetime) -> None:
    """From the real moment ``at`` on, business time begins at ``shows`` and goes ``speed`` times as fast.

    ``lived_until`` is the latest business moment this database has seen. Raises ClockNotAllowed, BadSpeed, TimeGoesBack.
    """
    if not settings.TIME_MACHINE:
        raise ClockNotAllowed
    if not 1 <= speed <= FASTEST:
        raise BadSpeed
    _check_goes_forward(shows, lived_until)
    DemonstrationClock.objects.update_or_create(id=1, defaults={"since": at, "shows": shows, "speed": speed})
    transaction.on_commit(clock.look_again)


@transaction.atomic
def end_demonstration(*, lived_until: datetime | None, at: datetime) -> None:
    """Back to real time, which is ``at``. Raises TimeGoesBack where the demonstration has been ahead of it."""
    _check_goes_forward(at, lived_until)
    DemonstrationClock.objects.all().delete()
    transaction.on_commit(clock.look_again)


def _check_goes_forward(shows: datetime, lived_until: datetime | None) -> None:
    if lived_until is not None and shows < lived_until:
        raise TimeGoesBack(lived_until)
