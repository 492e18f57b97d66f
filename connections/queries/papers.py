"""Which papers an application needs, which are missing, and which of them hold it up."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import get_language

from ..models import Application, Paper, PaperRow, PolicyVersion
from ..states import PaperStatus

#: Still to come from the applicant.
MISSING = (PaperStatus.WANTED, PaperStatus.REJECTED)
#: As much of a name as a list keeps (casework.models.NamedPaper).
_ON_A_LIST = 120
#: Nothing more is expected of anybody.
SETTLED = (PaperStatus.ACCEPTED, PaperStatus.WAIVED)


def wanted_rows(policy: PolicyVersion, *, channel: str, is_new_build: bool) -> list[PaperRow]:
    """The check-list for one application: what its plan wants by this way in, for a new building project or not."""
    rows = policy.papers.all()
    return [row for row in rows if channel in (row.channels or [channel]) and row.new_build in {None, is_new_build}]


def papers_of(application: Application) -> list[Paper]:
    """All of them in the order of the plan, with their files, the newest last."""
    return list(application.papers.select_related("row", "owner").prefetch_related("files__attachment"))


def missing(papers: Iterable[Paper]) -> list[Paper]:
    """Those that have not come, or came and were not accepted."""
    return [paper for paper in papers if paper.status in MISSING]


def holding_up(papers: Iterable[Paper]) -> list[Paper]:
    """Those without which the company's time does not begin: missing, and they may not follow."""
    return [paper for paper in missing(papers) if not paper.may_follow]


def are_ours(papers: Iterable[Paper]) -> bool:
    """Whether what the applicant could send is here, so that it is ours to look at; what may follow does not make it theirs."""
    known = list(papers)
    is_to_look = any(paper.status == PaperStatus.HANDED_IN for paper in known)
    return not holding_up(known) and is_to_look


def list_names(paper: Paper) -> set[str]:
    """How a list of missing papers may call it, in any language."""
    return {name.strip()[:_ON_A_LIST] for name in paper.row.names.values()}


def in_words(texts: Mapping[str, str], language: str = "") -> str:
    """A text of a plan in this language, else in the reader's, else in the house's own, else in any."""
    for code in (language, get_language() or "", settings.LANGUAGE_CODE):
        if code and (found := texts.get(code)):
            return found
    return next(iter(texts.values()), "")
