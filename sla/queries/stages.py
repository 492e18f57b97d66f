"""Where the time of a case went that has stages: the whole by one promise, its stages by those that are part of it."""

from datetime import datetime

from .. import stages
from ..models import Clock
from ..stages import Turn, Whole
from .histories import history_of
from .policies import policies_at


def time_of(timeline: int, promise: str, *, at: datetime) -> Whole | None:
    """The time of a promise's whole on this timeline (its key) and of each stage, up to a moment; None where it never began.

    One statement. Stages stand in the order in which they began; an agreed day that was moved makes another turn of the same stage.
    """
    book = policies_at(at)
    clocks = Clock.objects.filter(timeline=timeline, started_at__lte=at).order_by("started_at", "pk")
    parts = {policy.key for policy in book.policies() if policy.part_of == promise}
    turns = [Turn(clock.promise_id, clock.about, history_of(clock)) for clock in clocks.filter(promise__in=[promise, *parts])]
    whole = [turn for turn in turns if turn.promise == promise]
    if not whole:
        return None
    return stages.add_up(whole, [turn for turn in turns if turn.promise != promise], until=at)
