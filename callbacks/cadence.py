"""When a customer who was not reached is rung again, and when we have tried often enough. Pure: moments and numbers, without Django."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from notices.quiet import quiet_until


def ring_again(at: datetime, *, attempts: int, pauses: Sequence[int], span: tuple[time, time], zone: str) -> datetime:
    """After so many attempts, the next moment to try: the pause (minutes) that belongs to it, and never in the quiet hours.

    After the last pause the same one is waited again.
    """
    pause = pauses[min(attempts, len(pauses)) - 1] if pauses and attempts else 0
    return awake(at + timedelta(minutes=pause), span=span, zone=zone)


def awake(at: datetime, *, span: tuple[time, time], zone: str) -> datetime:
    """This moment, or the end of the quiet hours it lies in."""
    return quiet_until(at, span=span, zone=zone) or at


def is_enough(attempts: int, most: int) -> bool:
    """Whether it may be called "not reached": as often as we said we would try."""
    return attempts >= most
