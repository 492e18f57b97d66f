"""The stages of an application as staff run them, and where their time went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sla.queries.stages
from casework.models import Case
from sla.stages import Whole

from ..models import Application, Ball, Stage
from ..stage_dates import place
from ..stage_order import WAY
from ..states import ConnectionStatus, StageStatus
from .papers import in_words

WHOLE = "H04"
_OPEN = (StageStatus.WAITING, StageStatus.RUNNING)


@dataclass(frozen=True)
class StageLine:
    """One stage: ``counted`` is the time of ours that it took, ``waited`` that of the applicant."""

    stage: Stage
    name: str
    is_late: bool
    counted: timedelta
    waited: timedelta

    @property
    def state(self) -> str:
        return self.stage.status

    @property
    def day(self) -> datetime | None:
        """When it ended, else until when it was promised, else planned."""
        return self.stage.ended_at or self.stage.promised_until or self.stage.planned_for


def lines(application: Application, at: datetime) -> tuple[list[StageLine], Whole | None]:
    """All stages in the order of the way, with their time, and the whole. Two statements."""
    whole = sla.queries.stages.time_of(application.case.timeline_id, WHOLE, at=at)
    ours, theirs = dict[str, timedelta](), dict[str, timedelta]()
    for part in whole.stages if whole else ():
        ours[part.name] = ours.get(part.name, timedelta()) + part.counted
        theirs[part.name] = theirs.get(part.name, timedelta()) + part.waited
    found = sorted(_shown(application), key=lambda stage: (*place(stage.row), stage.row.pk))
    return [_line(stage, at, ours, theirs) for stage in found], whole


def whole_minutes(length: timedelta) -> timedelta:
    """For people, who count no seconds of days."""
    return length // timedelta(minutes=1) * timedelta(minutes=1)


def stage_of(case: Case, pk: int) -> Stage | None:
    """One stage of this case, with what an operation needs of it."""
    return Stage.objects.select_related("row", "application__case", "application__policy").filter(pk=pk, application=case.pk).first()


def is_way_open(application: Application) -> bool:
    """Whether it still makes a difference who sees to approvals and works."""
    before = WAY[: WAY.index(ConnectionStatus.CONSTRUCTION)]
    is_different = any(row.is_own or row.is_one_stop for row in application.policy.stages.all())
    return application.case.status in before and is_different


def _shown(application: Application) -> list[Stage]:
    found = application.stages.select_related("row")
    # Corrections are a stage only when there are any.
    return [one for one in found if one.row.status != ConnectionStatus.CORRECTIONS or one.status in {StageStatus.RUNNING, StageStatus.DONE}]


def _line(stage: Stage, at: datetime, ours: dict[str, timedelta], theirs: dict[str, timedelta]) -> StageLine:
    until = stage.promised_until or stage.planned_for
    is_late = stage.status == StageStatus.RUNNING and stage.ball != Ball.APPLICANT and until is not None and until <= at
    return StageLine(
        stage, in_words(stage.row.names), is_late, *(whole_minutes(found.get(stage.key, timedelta())) for found in (ours, theirs))
    )
