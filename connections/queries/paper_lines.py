"""The papers of an application as applicants and staff see them, and the two clocks: the company's and the applicant's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sla.queries.stages
from accounts.models import Staff
from casework.models import PaperList
from casework.queries import open_list

from ..models import Application, Paper, PaperFile
from ..states import PaperStatus
from .papers import SETTLED, in_words, missing, papers_of
from .stage_lines import WHOLE, whole_minutes


@dataclass(frozen=True)
class PaperLine:
    """One paper: ``day`` is until when it is wanted, ``is_open`` whether the applicant may send it (again)."""

    paper: Paper
    name: str
    hint: str
    consequence: str
    is_missing: bool
    is_open: bool
    is_late: bool
    files: Sequence[PaperFile]

    @property
    def last(self) -> PaperFile | None:
        """The newest version."""
        return self.files[-1] if self.files else None


@dataclass(frozen=True)
class Clocks:
    """Ours begins at ``since``, when what is ``holding`` it up has come; ``ours`` and ``theirs`` are the time that each took so far.

    ``next_due`` is the applicant's next day for a paper.
    """

    since: datetime | None
    holding: Sequence[str]
    ours: timedelta
    theirs: timedelta
    next_due: datetime | None


@dataclass(frozen=True)
class PapersShown:
    """All of it, for one page. ``told`` is the list of missing papers by which the applicant goes now."""

    lines: Sequence[PaperLine]
    clocks: Clocks
    told: PaperList | None

    @property
    def missing(self) -> int:
        return sum(line.is_missing for line in self.lines)

    @property
    def to_look_at(self) -> int:
        return sum(line.paper.status == PaperStatus.HANDED_IN for line in self.lines)


def papers_shown(application: Application, at: datetime) -> PapersShown:
    """The papers of an application, with its clocks."""
    papers = papers_of(application)
    return PapersShown([line_of(paper, application, at) for paper in papers], _clocks(application, papers, at), open_list(application.case))


def line_of(paper: Paper, application: Application, at: datetime) -> PaperLine:
    """One paper, in the reader's words."""
    is_missing = bool(missing([paper]))
    return PaperLine(
        paper,
        in_words(paper.row.names),
        in_words(paper.row.hints),
        in_words(paper.row.consequences),
        is_missing=is_missing,
        is_open=application.case.is_unfinished and paper.status not in SETTLED,
        is_late=is_missing and paper.due_at is not None and paper.due_at <= at,
        files=list(paper.files.all()),
    )


def paper_of(application: Application, pk: int) -> Paper | None:
    """One paper of this application, with what an operation needs of it."""
    found = application.papers.select_related("row", "owner").prefetch_related("files__attachment").filter(pk=pk).first()
    if found is not None:
        found.application = application
    return found


def next_to_look_at(application: Application) -> Paper | None:
    """What was handed in and waits for a verdict."""
    return application.papers.filter(status=PaperStatus.HANDED_IN).order_by("row__position", "pk").first()


def called(label: str) -> str:
    """Who an actor's label stands for, by name; empty for customers and for the system."""
    kind, _mark, key = label.partition(":")
    staff = Staff.objects.filter(user=int(key)).first() if kind == "user" and key.isdecimal() else None
    return staff.name if staff else ""


def _clocks(application: Application, papers: Sequence[Paper], at: datetime) -> Clocks:
    whole = sla.queries.stages.time_of(application.case.timeline_id, WHOLE, at=at)
    none = timedelta()
    return Clocks(
        since=application.processing_from,
        holding=[in_words(paper.row.names) for paper in papers if not paper.may_follow and paper.status not in SETTLED]
        if application.processing_from is None
        else [],
        ours=whole_minutes(whole.counted) if whole else none,
        theirs=whole_minutes(whole.waited) if whole else none,
        next_due=min((paper.due_at for paper in missing(papers) if paper.due_at), default=None),
    )
