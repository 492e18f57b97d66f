"""When people are not to be disturbed. Pure: moments, a span of the day and a time zone, without Django."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def quiet_until(at: datetime, *, span: tuple[time, time], zone: str) -> datetime | None:
    """When the quiet hours around ``at`` end, by the reader's own clock; None outside of them. The same time twice: never quiet.

    Raises ZoneInfoNotFoundError (a KeyError) for a zone nobody knows.
    """
    begins, ends = span
    local = at.astimezone(ZoneInfo(zone))
    now = local.time()
    over_night = begins > ends
    if not (begins <= now or now < ends if over_night else begins <= now < ends):
        return None
    day = local.date() + timedelta(days=1 if over_night and now >= begins else 0)
    return datetime.combine(day, ends, tzinfo=local.tzinfo).astimezone(at.tzinfo)
