"""One act on the stages of an application: all of them held under the lock of its case, changed in memory, written and told together.

Note [The time of the stages is the time of the whole]
    The first stage begins in the act that accepts the application, each next one in the act that ends the one before, the last ends with
    gas on. So what the stages took adds up to what the whole took (C8); stages beside each other share time. Steps of one act are told in
    the order in which they are meant, at one moment.

Note [Who has the ball]
    A stage whose turn is the applicant's waits (``stage_waits``); when it is theirs in every running stage, the whole case waits, and our
    promises with it. What an authority takes its time for is on our clock; since when a third party has the ball, and when it is back, is
    told all the same, so that everybody can see with whom the time went.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from accounts.actors import Actor, System
from casework.models import Timeline
from casework.operations import StaleRow, Step, move_case, record

from ..models import Application, Ball, Deed, Stage
from ..queries.papers import are_ours, holding_up
from ..queries.working_days import calendar_of, end_after
from ..stage_dates import place, project
from ..stage_order import BY_ITSELF, rank
from ..states import ConnectionStatus, StageStatus
from .holding import hold_case

#: What ends stages in which the applicant sends and we look: the ball goes to and fro with the papers.
PAPER_DEEDS = frozenset({Deed.PAPERS, Deed.DRAWINGS})
#: Who takes a step that follows by itself.
BY = System("connections.stages")


class Course:
    """The stages of one application during one act, in the caller's transaction; ``write`` ends it."""

    def __init__(self, application: Application, at: datetime) -> None:
        self.application, self.case, self.at = application, application.case, at
        hold_case(self.case)
        application.refresh_from_db(fields=["processing_from", "is_one_stop"])
        self.case.timeline = Timeline.objects.get(pk=self.case.timeline_id)
        self.stages = list(application.stages.select_related("row"))
        self.calendar = calendar_of(at)
        self.steps: list[Step] = []
        self._was_waiting = self._is_waiting()
        self._before = {stage.pk: self._columns(stage) for stage in self.stages}

    def find(self, stage: Stage, seen: int | None) -> Stage:
        """The stage as it is now. Raises StaleRow where it is not as it was seen."""
        found = next((one for one in self.stages if one.pk == stage.pk), None)
        if found is None or (seen is not None and found.version != seen):
            raise StaleRow
        return found

    def running(self) -> list[Stage]:
        return [stage for stage in self.stages if stage.status == StageStatus.RUNNING]

    def begin(self, stage: Stage) -> None:
        """From now on its time runs; promised until the day that was told before, else until the day the plan says."""
        planned = end_after(self.at, stage.row.planned_days, self.calendar)
        told = stage.promised_until if stage.promised_until and stage.promised_until > self.at else planned
        self._set(stage, status=StageStatus.RUNNING, begun_at=self.at, planned_for=planned, promised_until=told, ended_at=None, ended_by="")
        self._set(stage, ball=ball_of(self.application, stage))
        self._tell_start(stage)
        if stage.ball == Ball.AUTHORITY:
            self.steps.append(Step("connection.stage_given_out", {"about": stage.key}))

    def end(self, stage: Stage, *, by: Actor, note: str = "") -> None:
        """Done. One that had not begun took no time."""
        self._end(stage, StageStatus.DONE, by, note)
        self.steps.append(Step("connection.stage_done", {"about": stage.key}))

    def skip(self, stage: Stage, *, by: Actor, note: str = "") -> None:
        """Not needed here."""
        was_running = stage.status == StageStatus.RUNNING
        self._end(stage, StageStatus.SKIPPED, by, note)
        if was_running and self.case.is_unfinished:
            self.steps.append(Step("connection.stage_skipped", {"about": stage.key}))

    def fail(self, stage: Stage) -> None:
        """It came to nothing, and will be begun again."""
        self._set(stage, status=StageStatus.WAITING, begun_at=None, promised_until=None)
        self.steps.append(Step("connection.stage_failed", {"about": stage.key}))

    def turn(self, stage: Stage, ball: str) -> None:
        """Whose turn it is now. See Note [Who has the ball]."""
        before = stage.ball
        self._set(stage, ball=ball)
        if stage.status == StageStatus.RUNNING and before == Ball.AUTHORITY != ball:
            self.steps.append(Step("connection.stage_taken_back", {"about": stage.key}))
        if stage.status == StageStatus.RUNNING and before != Ball.APPLICANT == ball:
            self.steps.append(Step("connection.stage_waits", {"about": stage.key}))
        elif stage.status == StageStatus.RUNNING and before == Ball.APPLICANT != ball:
            self.steps.append(Step("connection.stage_goes_on", {"about": stage.key}))
        if stage.status == StageStatus.RUNNING and before != Ball.AUTHORITY == ball:
            self.steps.append(Step("connection.stage_given_out", {"about": stage.key}))

    def promise(self, stage: Stage, until: datetime) -> None:
        """Another day was agreed; the day before was kept open, or it was missed."""
        if stage.status == StageStatus.RUNNING:
            is_missed = stage.promised_until is not None and stage.promised_until <= self.at
            ended = (
                Step("connection.stage_missed", {"about": stage.key}) if is_missed else Step("connection.stage_moved", {"about": stage.key})
            )
            self.steps.append(ended)
        self._set(stage, promised_until=until)
        if stage.status == StageStatus.RUNNING:
            self._tell_start(stage)

    def go_on(self, *, by: Actor) -> None:
        """Begin what may begin now, and take the steps that the application takes by itself."""
        self._leave_behind(by)
        while self._begin_due():
            step = BY_ITSELF.get(self.case.status)
            if step is None or self.application.processing_from is None or self._lacks_papers():
                return
            self._tell(by)
            move_case(case=self.case, verb=step, by=BY, at=self.at)
            self._leave_behind(by)

    def begin_again(self) -> None:
        """The application came back to where it was: what stands last there is to be done once more, and what follows from it too."""
        for stage in self.stages:
            if stage.status == StageStatus.DONE and rank(stage.row.status) > rank(self.case.status) and stage.row.deed != Deed.MANUAL:
                self._set(stage, status=StageStatus.WAITING, begun_at=None, promised_until=None, ended_at=None, ended_by="")
        here = [stage for stage in self.stages if stage.row.status == self.case.status and stage.row.is_needed | self._is_corrected(stage)]
        if not here or any(stage.status in {StageStatus.RUNNING, StageStatus.WAITING} for stage in here):
            return
        last = max(stage.row.position for stage in here)
        for stage in here:
            if stage.row.position == last and stage.status == StageStatus.DONE and (stage.ended_at or self.at) <= self.at:
                self.begin(stage)

    def write(self, *, by: Actor) -> None:
        """Plan the rest anew, write the rows that changed, and tell what has not been told."""
        for stage, end in project(self.stages, self.at, lambda start, days: end_after(start, days, self.calendar)):
            self._set(stage, planned_for=end)
        for stage in self.stages:
            changed = {name: value for name, value in self._columns(stage).items() if value != self._before[stage.pk][name]}
            if changed:
                self._write(stage, changed)
        self._tell(by)

    def _begin_due(self) -> bool:
        """Whether all that is needed here is done. Raises nothing: what waits for somebody waits."""
        here = sorted((stage for stage in self.stages if stage.row.status == self.case.status), key=lambda stage: stage.row.position)
        for _position, group in groupby(here, key=lambda stage: stage.row.position):
            beside = list(group)
            for stage in beside:
                if stage.status == StageStatus.WAITING:
                    self.begin(stage)
            if any(stage.row.is_needed and stage.status == StageStatus.RUNNING for stage in beside):
                return False
        return self.case.is_unfinished and self.case.status != ConnectionStatus.CONNECTED

    def _lacks_papers(self) -> bool:
        """Whether a paper that may not follow was accepted and is wanted again."""
        return bool(holding_up(self.application.papers.all()))

    def _leave_behind(self, by: Actor) -> None:
        """Where the application has gone on, or back, without a stage being ended."""
        here = rank(self.case.status)
        is_over = here > rank(ConnectionStatus.READY)
        for stage in self.running():
            if is_over:
                self.skip(stage, by=by)
            elif rank(stage.row.status) > here:
                self.fail(stage)
            elif rank(stage.row.status) < here and (stage.row.is_needed or self._is_corrected(stage)):
                self.end(stage, by=by)
        for stage in self.stages:
            if stage.status == StageStatus.WAITING and rank(stage.row.status) < here and (is_over or stage.row.is_needed):
                self.skip(stage, by=by)

    def _is_corrected(self, stage: Stage) -> bool:
        return stage.row.status == ConnectionStatus.CORRECTIONS

    def _end(self, stage: Stage, status: str, by: Actor, note: str) -> None:
        begun = stage.begun_at if stage.status == StageStatus.RUNNING else self.at
        self._set(stage, status=status, begun_at=begun, ended_at=self.at, ended_by=by.actor_label)
        if note.strip():
            self._set(stage, note=note.strip()[:300])

    def _tell_start(self, stage: Stage) -> None:
        until = stage.promised_until
        promised = {"promised_at": until.isoformat()} if until else {}
        self.steps.append(Step("connection.stage_started", {"about": stage.key, **promised}))
        if stage.ball == Ball.APPLICANT:
            self.steps.append(Step("connection.stage_waits", {"about": stage.key}))

    def _is_waiting(self) -> bool:
        running = self.running()
        return bool(running) and all(stage.ball == Ball.APPLICANT for stage in running)

    def _tell(self, by: Actor) -> None:
        waits = self._is_waiting()
        if waits and not self._was_waiting:
            self.steps.append(Step("case.waiting_for_customer"))
        elif self._was_waiting and not waits and self.case.is_unfinished:
            self.steps.append(Step("case.customer_answered"))
        self._was_waiting = waits
        if self.steps:
            record(timeline_id=self.case.timeline_id, steps=self.steps, by=by, at=self.at, known=self.case.timeline)
        self.steps = []

    def _write(self, stage: Stage, changed: dict[str, Any]) -> None:
        rows = Stage.objects.filter(pk=stage.pk, version=stage.version)
        if not rows.update(**changed, version=stage.version + 1):
            raise StaleRow
        stage.version += 1
        self._before[stage.pk] = self._columns(stage)

    @staticmethod
    def _columns(stage: Stage) -> dict[str, Any]:
        names = ("status", "ball", "begun_at", "planned_for", "promised_until", "ended_at", "ended_by", "note")
        return {name: getattr(stage, name) for name in names}

    @staticmethod
    def _set(stage: Stage, **columns: Any) -> None:
        for name, value in columns.items():
            setattr(stage, name, value)


def ball_of(application: Application, stage: Stage) -> str:
    """Whose turn it is when a stage begins: ours, where the company does everything in the applicant's stead, or has papers to look at."""
    if stage.row.ball != Ball.APPLICANT:
        return stage.row.ball
    is_ours = (application.is_one_stop and stage.row.is_one_stop) or _is_to_look(application, stage)
    return Ball.COMPANY if is_ours else Ball.APPLICANT


def _is_to_look(application: Application, stage: Stage) -> bool:
    if stage.row.deed not in PAPER_DEEDS:
        return False
    found = application.papers.filter(row__is_drawing=True) if stage.row.deed == Deed.DRAWINGS else application.papers.all()
    return are_ours(found)


def in_order(stages: Iterable[Stage]) -> list[Stage]:
    """As they follow each other on the way."""
    return sorted(stages, key=lambda stage: (*place(stage.row), stage.row.pk))
