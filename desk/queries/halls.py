"""Halls as everybody looks for them: whether each is open now, and its week in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Hall
from accounts.queries.halls import HallToday, hall_directory

from .. import opening_hours


@dataclass(frozen=True)
class OpenHall:
    """A hall, how it stands now, and its hours: days of the same hours in one line."""

    today: HallToday
    week: Sequence[opening_hours.Line]

    @property
    def hall(self) -> Hall:
        return self.today.hall


def open_halls(at: datetime) -> list[OpenHall]:
    """All halls one can go to, by name; two statements."""
    return [OpenHall(today, opening_hours.week(today.hall.hours.all())) for today in hall_directory(at)]
