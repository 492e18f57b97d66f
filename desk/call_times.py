"""When something happened on a telephone line, where two clocks tell it. Pure."""

from datetime import datetime, timedelta

#: How long a word of the exchange may have been under way. Older than that its clock is wrong, and ours holds.
MOST_UNDER_WAY = timedelta(minutes=2)


def moment_of(told: datetime | None, *, now: datetime, since: datetime | None = None) -> datetime:
    """The exchange's own moment where it can be true: not ahead of us, not long ago, not before what came before (``since``).

    Else ours. So a ring that took a while to reach us is still measured from the ring (T24: three rings).
    """
    if told is None or told > now or now - told > MOST_UNDER_WAY:
        told = now
    return max(told, since) if since else told
