"""Several calendars one after another, as one: what a clock counts by when its policy or calendar changed under way."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from .calendars import FAR, Calendar, Span, Window, WorkingTime


class Splice(WorkingTime):
    """Each calendar counts from its moment to the next one's, the first also before. Hours change to the moment; a whole day
    belongs to the calendar in force at its end. Clock times are those of the last one's zone.
    """

    def __init__(self, parts: tuple[tuple[datetime, Calendar], ...]) -> None:
        self.parts = parts
        self.last = parts[-1][1]

    @property
    def zone_info(self) -> ZoneInfo:  # type: ignore[override]
        return self.last.zone_info

    def windows_of(self, day: date) -> tuple[Window, ...]:
        return self._in_force(day).windows_of(day)

    def name_of(self, day: date) -> str:
        return self._in_force(day).name_of(day)

    def guessing(self) -> "Splice":
        return Splice(tuple((since, calendar.guessing()) for since, calendar in self.parts))

    def _in_force(self, day: date) -> Calendar:
        begun = [calendar for since, calendar in self.parts if self.local(since).date() <= day]
        return begun[-1] if begun else self.parts[0][1]

    def spans(self, since: datetime, until: datetime = FAR) -> Iterator[Span]:
        since, until = since.astimezone(UTC), until.astimezone(UTC)
        ends = [*(start for start, _calendar in self.parts[1:]), until]
        for (_start, calendar), end in zip(self.parts, ends, strict=True):
            if since < (bound := min(end, until)):
                yield from calendar.spans(since, bound)
                since = bound


def splice(parts: tuple[tuple[datetime, Calendar], ...]) -> WorkingTime:
    """One calendar as it is, several as one."""
    return Splice(parts) if len(parts) > 1 else parts[0][1]
