"""The rules of interruptions: how long before customers are told, when gas may come on, how large an accident is. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: Two days are promised, the law says hours: forty-eight of them, to the second (docs/outages.md).
NOTICE = timedelta(hours=48)

type Night = tuple[time, time]


def is_told_in_time(*, told_at: datetime, starts_at: datetime) -> bool:
    """Whether customers who hear of it now have their forty-eight hours. Exactly forty-eight are enough."""
    # Between two moments of one zone Python subtracts what the clocks on the wall say; the law means hours that pass.
    return starts_at.astimezone(UTC) - told_at.astimezone(UTC) >= NOTICE


def morning_after(moment: datetime, *, night: Night, zone: str) -> datetime | None:
    """When the night around a moment ends, by the clock on the wall; None by day. The night's first minute is night, its last is not."""
    begins, ends = night
    local = moment.astimezone(ZoneInfo(zone))
    now, is_over_midnight = local.time(), begins > ends
    if not (begins <= now or now < ends if is_over_midnight else begins <= now < ends):
        return None
    day = local.date() + timedelta(days=1 if is_over_midnight and now >= begins else 0)
    return datetime.combine(day, ends, tzinfo=local.tzinfo).astimezone(moment.tzinfo)


def is_larger(customers: int, *, larger_from: int) -> bool:
    """Whether an accident is a larger one, by how many customers are without gas."""
    return customers >= larger_from
