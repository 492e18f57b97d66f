"""Halls, their hours and their counters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models
from ..signing import signed


class BadHours(Exception):
    """Windows of a day overlap or end before they begin."""

    def __init__(self) -> None:
        super().__init__(_("Opening hours must end after they begin and must not overlap."))


@dataclass(frozen=True, kw_only=True)
class NewHall:
    """What a hall is known by; ``code`` stands in its receipt numbers."""

    code: str
    name: str
    address: str
    territory: models.Territory
    kind: str = models.Hall.Kind.COMPANY
    phone: str = ""
    language: str = "zh-hans"


@dataclass(frozen=True, order=True)
class Window:
    """Open from ``opens`` to ``closes`` on a weekday (0 = Monday)."""

    weekday: int
    opens: time
    closes: time


@transaction.atomic
def open_hall(*, hall: NewHall, by: Actor, at: datetime) -> models.Hall:
    """A new place where customers are served."""
    row = models.Hall(**vars(hall))
    signed(row, by=by, at=at).save()
    return row


@transaction.atomic
def set_hours(*, hall: models.Hall, windows: Collection[Window], by: Actor, at: datetime) -> None:
    """The week of a hall, in place of the one before. Raises BadHours."""
    _check_windows(sorted(windows))
    hall.hours.all().delete()
    models.HallHours.objects.bulk_create(models.HallHours(hall=hall, **vars(window)) for window in windows)
    keep_week(hall=hall, by=by, at=at)
    signed(hall, by=by, at=at, reason="hours").save(update_fields=["name"])


@transaction.atomic
def keep_week(*, hall: models.Hall, by: Actor, at: datetime) -> models.HallWeek | None:
    """Keep the hours of a hall as they are by now as a week of their own; nothing where they are what was kept last.

    For whoever wrote HallHours. What was promised by the week before goes on by it.
    """
    models.Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    weekly: dict[str, list[list[str]]] = {}
    for row in hall.hours.order_by("weekday", "opens"):
        weekly.setdefault(str(row.weekday), []).append([f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"])
    last = hall.weeks.order_by("-number").first()
    if weekly == (last.weekly if last else {}):
        return None
    return models.HallWeek.objects.create(
        hall=hall, number=last.number + 1 if last else 1, since=at, weekly=weekly, written_by=by.actor_label
    )


@transaction.atomic
def add_counter(*, hall: models.Hall, by: Actor, at: datetime) -> models.Counter:
    """One more desk, numbered after the last."""
    models.Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    last = hall.counters.order_by("-number").values_list("number", flat=True).first() or 0
    return models.Counter.objects.create(hall=hall, number=last + 1)


def _check_windows(windows: list[Window]) -> None:
    if any(window.opens >= window.closes for window in windows):
        raise BadHours
    for one, after in pairwise(windows):
        if one.weekday == after.weekday and after.opens < one.closes:
            raise BadHours
