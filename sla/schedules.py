"""When a periodic job is due. Without Django and without a clock of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Every:
    """A job's name, the dotted path of its task, and either a grid (``every``) or a time of day in a zone (``at``, ``zone``)."""

    name: str
    task: str
    every: timedelta | None = None
    at: time | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if (self.every is None) == (self.at is None):
            raise ValueError(f"{self.name}: give either every= or at=")

    def next_after(self, moment: datetime) -> datetime:
        """The first moment of this job strictly after ``moment``, in UTC. Whatever was missed before is not made up for."""
        if self.every is not None:
            return _next_on_grid(self.every, moment)
        assert self.at is not None
        return _next_time_of_day(self.at, ZoneInfo(self.zone), moment)


def _next_on_grid(step: timedelta, moment: datetime) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch + ((moment.astimezone(UTC) - epoch) // step + 1) * step


def _next_time_of_day(at: time, zone: ZoneInfo, moment: datetime) -> datetime:
    """An hour that the clock change skips comes as much later as was skipped; one that it repeats counts the first time."""
    day = moment.astimezone(zone).date()
    while (candidate := datetime.combine(day, at, zone).astimezone(UTC)) <= moment:
        day += timedelta(days=1)
    return candidate
