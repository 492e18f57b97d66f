"""What an applicant sees of their application: the line of stages, whose turn it is, what is missing, the next dates, whom to ring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldwork.queries import slots

from ..models import Application, Ball, Paper, Stage
from ..stage_dates import place
from ..states import ConnectionStatus, StageStatus
from .papers import holding_up, in_words, missing, papers_of
from .stewards import counterpart_of

#: How the line shows a stage: what is over, what is under way, what is still to come.
_STATES = {StageStatus.DONE: "done", StageStatus.RUNNING: "now", StageStatus.WAITING: "next"}
_OVER = frozenset({ConnectionStatus.CONNECTED, ConnectionStatus.CLOSED, ConnectionStatus.CANCELLED, ConnectionStatus.MERGED})


@dataclass(frozen=True)
class Station:
    """One stage as the applicant sees it. ``day`` is when it ended, else until when it was promised, else planned."""

    name: str
    state: str
    ball: str
    day: datetime | None
    is_promised: bool
    is_late: bool


def standing(application: Application, *, at: datetime) -> dict[str, Any]:
    """All of it, for the tracking page, the cabinet and the page after sending."""
    stages = line_of(application)
    papers = papers_of(application)
    running = [stage for stage in stages if stage.status == StageStatus.RUNNING]
    gas_on = _gas_on(stages)
    ball = ball_of(running) if application.case.status not in _OVER else ""
    return {
        "application": application,
        "case": application.case,
        "stations": [_station(stage, at) for stage in stages],
        "ball": ball,
        # Only what waits for whoever has it: the rest stands in the line of stages.
        "turns": [in_words(stage.row.names) for stage in running if stage.ball == ball],
        "papers": papers,
        "missing": missing(papers),
        "holding_up": holding_up(papers),
        "next_day": next_day(running, papers, at=at),
        "gas_on": gas_on,
        "counterpart": counterpart_of(application, at),
        "booking": _booking(application),
        "now": at,
    }


def line_of(application: Application) -> Sequence[Stage]:
    """The stages in the order of the way; those that are not needed here are left out."""
    found = application.stages.select_related("row").exclude(status=StageStatus.SKIPPED)
    return sorted(_shown(found), key=lambda stage: (*place(stage.row), stage.row.pk))


def ball_of(running: Iterable[Stage]) -> str:
    """Whose turn it is: the applicant's before ours before an authority's, as the applicant can do something about the first."""
    held = {stage.ball for stage in running}
    return next((ball for ball in (Ball.APPLICANT, Ball.COMPANY, Ball.AUTHORITY) if ball in held), Ball.COMPANY)


def next_day(running: Iterable[Stage], papers: Iterable[Paper], *, at: datetime) -> datetime | None:
    """The next thing that is due, of us or of the applicant; None where everything has passed or nothing is fixed."""
    days = [stage.promised_until or stage.planned_for for stage in running] + [paper.due_at for paper in missing(papers)]
    return min((day for day in days if day and day > at), default=None)


def _shown(found: Iterable[Stage]) -> list[Stage]:
    # Corrections are a stage only when there are any.
    return [stage for stage in found if stage.row.status != ConnectionStatus.CORRECTIONS or stage.status != StageStatus.WAITING]


def _station(stage: Stage, at: datetime) -> Station:
    day = stage.ended_at or stage.promised_until or stage.planned_for
    is_open = stage.status != StageStatus.DONE
    return Station(
        name=in_words(stage.row.names),
        state=_STATES[StageStatus(stage.status)],
        ball=stage.ball,
        day=day,
        is_promised=is_open and stage.promised_until is not None,
        is_late=stage.status == StageStatus.RUNNING and stage.ball != Ball.APPLICANT and day is not None and day <= at,
    )


def _gas_on(stages: Sequence[Stage]) -> datetime | None:
    """The day of gas on: planned or promised; None where it is on, or nobody can say."""
    needed = [stage for stage in stages if stage.row.is_needed]
    last = needed[-1] if needed else None
    return None if last is None or last.status == StageStatus.DONE else last.promised_until or last.planned_for


def _booking(application: Application) -> Any:
    visit = slots.last_visit(application.case)
    return slots.agreed_for(visit) if visit else None
