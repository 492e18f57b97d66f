"""The papers of an application: taken from its plan, handed in, looked at, waived; and when the company's own clock begins.

Note [Two clocks]
    An application is accepted and numbered at once, whatever is missing (CON-09, conflict C15). The company's time begins when the
    last paper has come that may not follow: ``processing_from``. What may follow is due later, at the survey or on its day, and holds
    nothing up until the plan has a stage that ends by it. Once all that is wanted now is here, looking at it takes our time, not the
    applicant's; a paper that is sent back takes theirs again.

All of it runs under the lock of the case, so that two verdicts on the last two papers begin the processing once. Whoever
decides says which version of the paper they saw: what was handed in meanwhile is looked at first.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

import casework.permissions
from accounts.actors import Actor, System
from casework.models import Attachment
from casework.operations import ReasonMissing, StaleRow, Step, attach, complete_papers, receive_papers, record
from casework.queries import missing_papers, open_list

from ..models import Application, Deed, Paper, PaperFile
from ..queries import papers as reads
from ..queries.working_days import calendar_of, end_after
from ..states import ConnectionStatus, PaperStatus
from . import stages, surveys
from .holding import hold
from .paper_files import look_through

#: Who ticks papers off the list that the customer was told, when they come through another door.
BY = System("connections.papers")


class NotLookedAt(Exception):
    """A verdict is about something that was handed in."""

    def __init__(self) -> None:
        super().__init__(_("Nothing was handed in for this paper yet."))


class Settled(Exception):
    """The paper is accepted, or not needed."""

    def __init__(self) -> None:
        super().__init__(_("This paper is settled already."))


@transaction.atomic
def lay_out(*, application: Application, by: Actor, at: datetime) -> list[Paper]:
    """The papers this application needs, each with its owner and its day; the clocks of Note [Two clocks] begin where none is needed."""
    case = application.case
    calendar = calendar_of(at)
    rows = reads.wanted_rows(application.policy, channel=application.way_in, is_new_build=application.is_new_build)
    survey = application.stages.filter(row__deed=Deed.SURVEY).values_list("planned_for", flat=True).first()
    papers = Paper.objects.bulk_create(
        Paper(
            application=application,
            row=row,
            key=row.key,
            owner=case.owner,
            due_at=(survey if row.at_survey else None) or end_after(at, row.due_days, calendar),
            may_follow=row.may_follow,
            at_survey=row.at_survey,
        )
        for row in rows
    )
    application.is_with_gaps = bool(papers)
    application.save(update_fields=["is_with_gaps"])
    go_on(application=application, by=by, at=at)
    return papers


def hand_in(*, paper: Paper, file: "File[bytes]", by: Actor, at: datetime) -> PaperFile:
    """The next version of a paper, kept with the case; the steward looks at it. The same bytes sent twice are one version.

    Raises NotTaken, Settled, Ended, NotYourCase.
    """
    casework.permissions.check_may_contact(by, paper.application.case, at=at)
    # Before the lock: looking takes its time, and nobody else's act on the case should wait for it.
    digest = look_through(file)
    with transaction.atomic():
        paper = hold_paper(paper)
        last = paper.files.select_related("attachment").last()
        if last is not None and last.attachment is not None and last.attachment.sha256 == digest and paper.status == PaperStatus.HANDED_IN:
            return last
        if paper.status in reads.SETTLED:
            raise Settled
        version = _hand_in(paper, attach(case=paper.application.case, file=file, by=by, at=at), by=by, at=at)
        stages.pass_papers(application=paper.application, by=by, at=at)
        return version


@transaction.atomic
def show_at_counter(*, paper: Paper, seen: int | None = None, by: Actor, at: datetime) -> Paper:
    """The paper was shown and is right; no copy is kept. Raises Settled, StaleRow, Ended, Forbidden."""
    casework.permissions.check_may_handle(by, paper.application.case, at=at)
    paper = hold_paper(paper, seen)
    version = _hand_in(paper, None, by=by, at=at)
    return _decide(paper, PaperStatus.ACCEPTED, version=version, by=by, at=at)


@transaction.atomic
def accept(*, paper: Paper, seen: int, by: Actor, at: datetime) -> Paper:
    """What was handed in is right. ``seen`` is the paper's version that was looked at. Raises NotLookedAt, StaleRow, Ended, Forbidden."""
    return _judge(paper, PaperStatus.ACCEPTED, seen, "", by=by, at=at)


@transaction.atomic
def reject(*, paper: Paper, seen: int, reason: str, by: Actor, at: datetime) -> Paper:
    """What was handed in cannot be used, and why; it is wanted again. Raises ReasonMissing, NotLookedAt, StaleRow, Ended, Forbidden."""
    if not reason.strip():
        raise ReasonMissing
    return _judge(paper, PaperStatus.REJECTED, seen, reason, by=by, at=at)


@transaction.atomic
def waive(*, paper: Paper, seen: int, reason: str, by: Actor, at: datetime) -> Paper:
    """This application does not need it, and why. Raises ReasonMissing, Settled, StaleRow, Ended, Forbidden."""
    if not reason.strip():
        raise ReasonMissing
    casework.permissions.check_may_handle(by, paper.application.case, at=at)
    paper = hold_paper(paper, seen)
    if paper.status in reads.SETTLED:
        raise Settled
    return _decide(paper, PaperStatus.WAIVED, reason=reason, by=by, at=at)


def _judge(paper: Paper, verdict: str, seen: int, reason: str, *, by: Actor, at: datetime) -> Paper:
    casework.permissions.check_may_handle(by, paper.application.case, at=at)
    paper = hold_paper(paper, seen)
    version = paper.files.order_by("-number").first()
    if paper.status != PaperStatus.HANDED_IN or version is None:
        raise NotLookedAt
    return _decide(paper, verdict, version=version, reason=reason, by=by, at=at)


def hold_paper(paper: Paper, seen: int | None = None) -> Paper:
    """The paper as it is now, with its case locked. Raises StaleRow where it is not as it was seen, Ended."""
    hold(paper.application)
    paper.refresh_from_db(fields=["status", "version", "verdict"])
    if seen is not None and paper.version != seen:
        raise StaleRow
    return paper


def _hand_in(paper: Paper, attachment: Attachment | None, *, by: Actor, at: datetime) -> PaperFile:
    if paper.status in reads.SETTLED:
        raise Settled
    version = PaperFile.objects.create(paper=paper, number=paper.files.count() + 1, attachment=attachment, at=at, by=by.actor_label)
    _write(paper, status=PaperStatus.HANDED_IN, handed_in_at=at, verdict="")
    steps = [Step("connection.paper_handed_in", {"paper": paper.pk, "key": paper.key, "version": version.number})]
    if _is_last_drawing(paper):
        steps.append(Step("connection.drawing_received", {"paper": paper.pk}))
    _tell(paper, steps, by=by, at=at)
    _tick_off(paper, at)
    return version


def _tick_off(paper: Paper, at: datetime) -> None:
    """The list that the customer was told asks for it no longer, in whatever language it was told."""
    case = paper.application.case
    called = reads.list_names(paper)
    come = [row.name for row in missing_papers(case) if row.name in called]
    if come:
        receive_papers(case=case, names=come, by=BY, at=at)


def want_again(paper: Paper, last: PaperFile | None, *, reason: str, by: Actor, at: datetime) -> None:
    """What was decided holds no longer: the paper is wanted as one that was not accepted. Joins the caller's transaction."""
    reason = reason.strip()[:300]
    if last is not None:
        PaperFile.objects.filter(pk=last.pk).update(is_accepted=False, verdict=reason)
    due_at = _due_after(paper, PaperStatus.REJECTED, at) or end_after(at, paper.row.due_days, calendar_of(at))
    _write(paper, status=PaperStatus.REJECTED, verdict=reason, decided_at=at, decided_by=by.actor_label, due_at=due_at, reminded_at=None)
    _tell(paper, [Step("connection.paper_taken_back", {"paper": paper.pk, "key": paper.key})], by=by, at=at)
    _want_drawing(paper, at)


def _decide(paper: Paper, verdict: str, *, by: Actor, at: datetime, version: PaperFile | None = None, reason: str = "") -> Paper:
    reason = reason.strip()[:300]
    if version is not None:
        PaperFile.objects.filter(pk=version.pk).update(is_accepted=verdict == PaperStatus.ACCEPTED, verdict=reason)
    _write(paper, status=verdict, verdict=reason, decided_at=at, decided_by=by.actor_label, due_at=_due_after(paper, verdict, at))
    steps = [Step(_VERDICTS[verdict], {"paper": paper.pk, "key": paper.key})]
    if verdict == PaperStatus.WAIVED and _is_last_drawing(paper):
        steps.append(Step("connection.drawing_waived", {"paper": paper.pk}))
    _tell(paper, steps, by=by, at=at)
    if verdict == PaperStatus.REJECTED:
        _want_drawing(paper, at)
    go_on(application=paper.application, by=by, at=at)
    stages.pass_papers(application=paper.application, by=by, at=at)
    return paper


def _is_last_drawing(paper: Paper) -> bool:
    """Whether with this one all drawings have come that may follow: what was said of the survey (T22) is about all of them."""
    others = paper.application.papers.filter(row__is_drawing=True, may_follow=True, status__in=reads.MISSING).exclude(pk=paper.pk)
    return paper.row.is_drawing and not others.exists()


def _want_drawing(paper: Paper, at: datetime) -> None:
    if paper.may_follow and _is_last_drawing(paper):
        surveys.want_drawing_again(application=paper.application, at=at)


def _due_after(paper: Paper, verdict: str, at: datetime) -> datetime | None:
    """Who must send a paper again has as long for it as for the first."""
    if verdict != PaperStatus.REJECTED or paper.due_at is None:
        return paper.due_at
    return max(paper.due_at, end_after(at, paper.row.due_days, calendar_of(at)))


_VERDICTS: Mapping[str, str] = {
    PaperStatus.ACCEPTED: "connection.paper_accepted",
    PaperStatus.REJECTED: "connection.paper_rejected",
    PaperStatus.WAIVED: "connection.paper_waived",
}


def go_on(*, application: Application, by: Actor, at: datetime) -> None:
    """What a verdict makes possible, in the caller's transaction: the processing, and the stages that waited for papers or drawings."""
    papers = reads.papers_of(application)
    # As it is now: whoever judged another paper while we waited for the case may have begun it.
    application.refresh_from_db(fields=["processing_from"])
    _begin_processing(application, papers, by=by, at=at)
    is_settled = all(paper.status in reads.SETTLED for paper in papers)
    if is_settled and open_list(application.case) is not None:
        complete_papers(case=application.case, by=BY, at=at)
    if application.case.status == ConnectionStatus.CONTRACT:
        # What kept the works from being ordered may be back.
        stages.keep_up(application=application, by=by, at=at)
    drawings = [paper for paper in papers if paper.row.is_drawing]
    for deed, all_of in ((Deed.PAPERS, papers), (Deed.DRAWINGS, drawings)):
        if all(paper.status in reads.SETTLED for paper in all_of):
            stages.finish_by_deed(application=application, deed=deed, by=by, at=at)


def _begin_processing(application: Application, found: Sequence[Paper], *, by: Actor, at: datetime) -> None:
    """See Note [Two clocks]."""
    if application.processing_from is not None or any(not paper.may_follow and paper.status not in reads.SETTLED for paper in found):
        return
    # When the last one came, not when we found the time to look at it.
    application.processing_from = max((paper.handed_in_at or at for paper in found if not paper.may_follow), default=at)
    application.save(update_fields=["processing_from"])
    stages.begin_processing(application=application, by=by, at=at)


def _write(paper: Paper, **fields: Any) -> None:
    Paper.objects.filter(pk=paper.pk).update(**fields, version=F("version") + 1)
    for name, value in fields.items():
        setattr(paper, name, value)
    paper.version += 1


def _tell(paper: Paper, steps: Sequence[Step], *, by: Actor, at: datetime) -> None:
    record(timeline_id=paper.application.case.timeline_id, steps=steps, by=by, at=at)
