"""The hours of a hall: a week in place of the one before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models
from ..signing import signed
from .hall_weeks import keep_week


class BadHours(Exception):
    """Windows of a day overlap or end before they begin."""

    def __init__(self) -> None:
        super().__init__(_("Opening hours must end after they begin and must not overlap."))


@dataclass(frozen=True, order=True)
class Window:
    """Open from ``opens`` to ``closes`` on a weekday (0 = Monday)."""

    weekday: int
    opens: time
    closes: time


@transaction.atomic
def set_hours(*, hall: models.Hall, windows: Collection[Window], by: Actor, at: datetime) -> None:
    """The week of a hall, in place of the one before. Raises BadHours."""
    _check_windows(sorted(windows))
    hall.hours.all().delete()
    models.HallHours.objects.bulk_create(models.HallHours(hall=hall, **vars(window)) for window in windows)
    keep_week(hall=hall, by=by, at=at)
    signed(hall, by=by, at=at, reason="hours").save(update_fields=["name"])


def _check_windows(windows: list[Window]) -> None:
    if any(window.opens >= window.closes for window in windows):
        raise BadHours
    for one, after in pairwise(windows):
        if one.weekday == after.weekday and after.opens < one.closes:
            raise BadHours
