"""When each stage is planned to end: one place of the plan after the other, stages of one place beside each other. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from typing import Protocol

from .stage_order import rank
from .states import ConnectionStatus, StageStatus


class Row(Protocol):
    """What the plan says of a stage."""

    status: str
    position: int
    planned_days: int
    is_needed: bool


class Stage(Protocol):
    """A stage as it stands."""

    status: str
    planned_for: datetime | None
    promised_until: datetime | None

    @property
    def row(self) -> Row: ...


def place(row: Row) -> tuple[int, int]:
    """Where a stage stands on the way."""
    return rank(row.status), row.position


def project[S: Stage](stages: Iterable[S], at: datetime, end_after: Callable[[datetime, int], datetime]) -> list[tuple[S, datetime]]:
    """The planned end of every stage that has not begun, if all goes on from here as planned.

    What nobody waits for delays nothing, and corrections are planned when there are any.
    """
    found, start = list[tuple[S, datetime]](), at
    for _place, group in groupby(sorted(stages, key=lambda stage: place(stage.row)), key=lambda stage: place(stage.row)):
        ends = [start]
        for stage in group:
            if stage.status == StageStatus.RUNNING and stage.row.is_needed:
                ends.append(stage.promised_until or stage.planned_for or start)
            elif stage.status == StageStatus.WAITING and stage.row.status != ConnectionStatus.CORRECTIONS:
                end = end_after(start, stage.row.planned_days)
                found.append((stage, end))
                ends += [end] if stage.row.is_needed else []
        start = max(ends)
    return found
