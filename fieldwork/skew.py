"""When something happened by our clock, as a device with a wrong clock tells it. Pure: no Django, no database.

What a device's clock shows when it synchronises, against ours at the same moment, is its skew. A clock set to the wrong time zone
is ahead or behind by whole hours, and that is skew like any other: moments travel with their offset, so nothing else is special.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

#: A round trip longer than this says nothing about the clock: somebody made it up, or the device slept between.
LONGEST_ROUND_TRIP = timedelta(seconds=60)


def skew_of(device_now: datetime, round_trip: timedelta, received_at: datetime) -> timedelta:
    """How far the device's clock is ahead of ours: what it showed when sending plus half the way there and back, less our moment."""
    bounded = min(max(round_trip, timedelta()), LONGEST_ROUND_TRIP)
    return device_now + bounded / 2 - received_at


def by_our_clock(told: Sequence[datetime], skew: timedelta, received_at: datetime) -> list[datetime]:
    """The moments of deeds by our clock, in the device's order: none in the future, none later than the deed after it.

    The skew is that of the clock as it is now. One that was set meanwhile tells what came before wrongly, perhaps the wrong way
    round: then the later deeds, told by the clock we measured, are believed.
    """
    latest, found = received_at, []
    for moment in reversed(told):
        latest = min(moment - skew, latest)
        found.append(latest)
    return found[::-1]
