"""How long to wait before trying again: longer each time, and not for ever. Shared by effects and messages."""

from datetime import timedelta

from accounts.clock import in_business_time

#: After this many tries the row is given up and a person must look: a little over a day after the first.
TRIES = 10
_FIRST_SECONDS = 10
_LONGEST_SECONDS = 6 * 3600


def pause_after(tries: int) -> timedelta:
    """The pause after so many failed tries: 10 s, then three times longer each, at most six hours. Machines need it in real time."""
    return in_business_time(timedelta(seconds=min(_FIRST_SECONDS * 3.0 ** (max(tries, 1) - 1), _LONGEST_SECONDS)))


def name_of(error: BaseException) -> str:
    """What may be kept of an error: its class. Its text may quote a name or a number of somebody."""
    return type(error).__name__[:200]
