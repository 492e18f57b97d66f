"""The stages of an application: laid out by its plan, begun, ended by whoever does them or by a deed, given other days.

All of it happens under the lock of the case, so that of two who act at once the second sees what the first did; whoever acts from a page
says which version of the stage they saw.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import casework.permissions
from accounts.actors import Actor
from casework.operations import Ended, ReasonMissing, Step, record

from ..models import Application, Ball, Deed, Stage, StageRow
from ..states import StageStatus
from .holding import hold
from .stage_course import PAPER_DEEDS, Course, ball_of, in_order

#: What somebody may call done, or not needed, who was there; all else is done when it happens.
BY_HAND = frozenset({Deed.MANUAL, Deed.HOME_VISIT, Deed.SURVEY})


class EndsByItself(Exception):
    """Nobody may say that a contract was accepted, or paid, or the acceptance passed."""

    def __init__(self) -> None:
        super().__init__(_("This stage ends when it happens; nobody can call it done."))


class NotRunning(Exception):
    """The stage has not begun, or is over."""

    def __init__(self) -> None:
        super().__init__(_("This stage is not under way."))


class DayGone(Exception):
    """A promise is about days to come."""

    def __init__(self) -> None:
        super().__init__(_("Choose a day that is still to come."))


@transaction.atomic
def lay_out(*, application: Application, by: Actor, at: datetime) -> list[Stage]:
    """The stages of this application as its plan has them, with their days; the first ones begin. After the move ``accept``."""
    rows = wanted_rows(application)
    Stage.objects.bulk_create(Stage(application=application, row=row, key=row.key, ball=row.ball) for row in rows)
    return _go_on(application, by=by, at=at)


@transaction.atomic
def begin(*, stage: Stage, seen: int | None = None, by: Actor, at: datetime) -> Stage:
    """Begin a stage of what the application is in before its turn, beside what runs.

    Raises NotRunning where it has begun, or the application has not come so far; Ended, StaleRow, Forbidden.
    """
    course, stage = _hold(stage, seen, by, at)
    if stage.status != StageStatus.WAITING or stage.row.status != course.case.status:
        raise NotRunning
    course.begin(stage)
    course.write(by=by)
    return stage


@transaction.atomic
def finish(*, stage: Stage, note: str = "", seen: int | None = None, by: Actor, at: datetime) -> Stage:
    """Somebody did it; what comes next begins. Raises EndsByItself, NotRunning, Ended, StaleRow, Forbidden."""
    course, stage = _hold(stage, seen, by, at)
    if stage.row.deed not in BY_HAND:
        raise EndsByItself
    if stage.status != StageStatus.RUNNING:
        raise NotRunning
    course.end(stage, by=by, note=note)
    course.go_on(by=by)
    course.write(by=by)
    return stage


@transaction.atomic
def skip(*, stage: Stage, reason: str, seen: int | None = None, by: Actor, at: datetime) -> Stage:
    """It is not needed here, and why; what comes next begins.

    Raises ReasonMissing, EndsByItself, NotRunning, Ended, StaleRow, Forbidden.
    """
    if not reason.strip():
        raise ReasonMissing
    course, stage = _hold(stage, seen, by, at)
    if stage.row.is_needed and stage.row.deed not in BY_HAND:
        raise EndsByItself
    if stage.status not in {StageStatus.WAITING, StageStatus.RUNNING}:
        raise NotRunning
    course.skip(stage, by=by, note=reason)
    course.go_on(by=by)
    course.write(by=by)
    return stage


@transaction.atomic
def turn(*, stage: Stage, ball: str, seen: int | None = None, by: Actor, at: datetime) -> Stage:
    """Give the ball to somebody else (Ball). Raises NotRunning, Ended, StaleRow, Forbidden."""
    course, stage = _hold(stage, seen, by, at)
    if stage.status != StageStatus.RUNNING or ball not in Ball.values:
        raise NotRunning
    course.turn(stage, ball)
    course.write(by=by)
    return stage


@transaction.atomic
def promise(*, stage: Stage, until: datetime, seen: int | None = None, by: Actor, at: datetime) -> Stage:
    """Agree another day for a stage that is not over. Raises DayGone, NotRunning, Ended, StaleRow, Forbidden."""
    if until <= at:
        raise DayGone
    course, stage = _hold(stage, seen, by, at)
    if stage.status not in {StageStatus.WAITING, StageStatus.RUNNING}:
        raise NotRunning
    course.promise(stage, until)
    course.write(by=by)
    return stage


@transaction.atomic
def finish_by_deed(*, application: Application, deed: str, by: Actor, at: datetime) -> list[Stage]:
    """Something happened that ends stages by itself (Deed); the next ones begin. Those that were ended now.

    In the transaction in which it happened, after the application's own move if it makes one.
    """
    course = Course(application, at)
    meant = [stage for stage in course.stages if stage.row.deed == deed and stage.status in {StageStatus.WAITING, StageStatus.RUNNING}]
    for stage in meant:
        course.end(stage, by=by)
    course.go_on(by=by)
    course.write(by=by)
    return meant


@transaction.atomic
def pass_papers(*, application: Application, by: Actor, at: datetime) -> None:
    """A paper came, or was sent back: whose turn it is in the stages that wait for papers. With a third party it stays there."""
    course = Course(application, at)
    for stage in course.running():
        if stage.row.deed in PAPER_DEEDS and stage.row.ball == Ball.APPLICANT and stage.ball != Ball.AUTHORITY:
            course.turn(stage, ball_of(application, stage))
    course.write(by=by)


@transaction.atomic
def want_papers_again(*, application: Application, is_drawing: bool, by: Actor, at: datetime) -> None:
    """A paper, or a drawing, that was settled is wanted again: what waited for it begins anew, unless the application is past it."""
    course = Course(application, at)
    deeds = PAPER_DEEDS if is_drawing else {Deed.PAPERS}
    for stage in course.stages:
        if stage.row.deed in deeds and stage.status == StageStatus.DONE and stage.row.status == course.case.status:
            course.begin(stage)
    course.write(by=by)


@transaction.atomic
def keep_up(*, application: Application, by: Actor, at: datetime) -> list[Stage]:
    """The application has moved on: what is behind it ends, what is due begins. Safe to repeat."""
    return _go_on(application, by=by, at=at)


@transaction.atomic
def come_back(*, application: Application, by: Actor, at: datetime) -> list[Stage]:
    """The application came back to where it was before (a failed acceptance, another design): that work begins again. Safe to repeat."""
    course = Course(application, at)
    course.go_on(by=by)
    course.begin_again()
    course.write(by=by)
    return in_order(course.stages)


@transaction.atomic
def begin_processing(*, application: Application, by: Actor, at: datetime) -> None:
    """The last paper that had to come has come (``processing_from`` is set): from now on the whole has a day (H04, C15)."""
    course = Course(application, at)
    course.go_on(by=by)
    course.write(by=by)
    last = _last(application)
    if last is not None and last.planned_for is not None:
        Stage.objects.filter(pk=last.pk).update(promised_until=last.planned_for)
        _tell_day(application, [], last.planned_for, by=by, at=at)


@transaction.atomic
def agree_day(*, application: Application, until: datetime, by: Actor, at: datetime) -> None:
    """Agree another day for gas on: the whole of the connection.

    Raises DayGone, NotRunning before processing began and once gas is on, Ended, Forbidden.
    """
    casework.permissions.check_may_handle(by, application.case, at=at)
    if until <= at:
        raise DayGone
    course = Course(application, at)
    if not course.case.is_unfinished:
        raise Ended
    last = _last(application)
    if last is None or application.processing_from is None or last.status not in {StageStatus.WAITING, StageStatus.RUNNING}:
        raise NotRunning
    is_missed = last.promised_until is not None and last.promised_until <= at
    told = Step("connection.plan_missed") if is_missed else Step("connection.plan_moved")
    course.promise(course.find(last, None), until)
    course.write(by=by)
    _tell_day(application, [told], until, by=by, at=at)


@transaction.atomic
def choose_way(*, application: Application, is_one_stop: bool, by: Actor, at: datetime) -> list[Stage]:
    """The customer has the company do everything, or does it alone again (CON-10): stages of the other way are not needed any more.

    Raises Ended, Forbidden.
    """
    casework.permissions.check_may_handle(by, application.case, at=at)
    hold(application)
    Application.objects.filter(pk=application.pk).update(is_one_stop=is_one_stop)
    application.is_one_stop = is_one_stop
    wanted = {row.key: row for row in wanted_rows(application)}
    known = set(application.stages.values_list("key", flat=True))
    Stage.objects.bulk_create(
        Stage(application=application, row=row, key=key, ball=row.ball) for key, row in wanted.items() if key not in known
    )
    application.stages.filter(key__in=wanted, status=StageStatus.SKIPPED, begun_at=None).update(status=StageStatus.WAITING)
    course = Course(application, at)
    for stage in course.stages:
        if stage.key not in wanted and stage.status in {StageStatus.WAITING, StageStatus.RUNNING}:
            course.skip(stage, by=by)
    course.go_on(by=by)
    course.write(by=by)
    return in_order(course.stages)


def wanted_rows(application: Application) -> list[StageRow]:
    """The stages of the plan that this application goes through: with the company doing everything, or the applicant."""
    rows = application.policy.stages.all()
    return [row for row in rows if not (row.is_own if application.is_one_stop else row.is_one_stop)]


def _go_on(application: Application, *, by: Actor, at: datetime) -> list[Stage]:
    course = Course(application, at)
    course.go_on(by=by)
    course.write(by=by)
    return in_order(course.stages)


def _hold(stage: Stage, seen: int | None, by: Actor, at: datetime) -> tuple[Course, Stage]:
    casework.permissions.check_may_handle(by, stage.application.case, at=at)
    course = Course(stage.application, at)
    if not course.case.is_unfinished:
        raise Ended
    return course, course.find(stage, seen)


def _last(application: Application) -> Stage | None:
    """Gas on: the last stage that everybody waits for."""
    needed = [stage for stage in in_order(application.stages.select_related("row")) if stage.row.is_needed]
    return needed[-1] if needed else None


def _tell_day(application: Application, before: list[Step], until: datetime, *, by: Actor, at: datetime) -> None:
    steps = [*before, Step("connection.planned", {"planned_at": until.isoformat()})]
    record(timeline_id=application.case.timeline_id, steps=steps, by=by, at=at)
