"""In whose hands a clock was, and how much working time each of them used."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from casework.operations.rows import insert

from ..models import Clock, Span
from ..terms import Deadline

type Row = tuple[Clock, Deadline | None, bool, bool]


def write(rows: Sequence[Row], *, at: datetime) -> None:
    """Open a span for each new clock (third), hand over (fourth), and close that of each that ended."""
    closing = [(clock, deadline) for clock, deadline, is_new, is_handed in rows if not is_new and (is_handed or not clock.is_open)]
    if closing:
        _close(closing, at)
    opening = [clock for clock, _deadline, is_new, is_handed in rows if clock.is_open and (is_new or is_handed)]
    insert(*(Span(clock=one, owner_id=one.owner_id, hall_id=one.hall_id, began_at=at) for one in opening))


def _close(rows: Sequence[tuple[Clock, Deadline | None]], at: datetime) -> None:
    deadlines = {clock.pk: (clock, deadline) for clock, deadline in rows}
    spans = list(Span.objects.filter(clock__in=deadlines, ended_at=None))
    for span in spans:
        clock, deadline = deadlines[span.clock_id]
        span.ended_at = max(clock.stopped_at or at, span.began_at)
        if deadline is not None:
            used = deadline.consumed_at(span.ended_at) - deadline.consumed_at(span.began_at)
            span.consumed = max(used // timedelta(seconds=1), 0)
    if spans:
        Span.objects.bulk_update(spans, ["ended_at", "consumed"])
