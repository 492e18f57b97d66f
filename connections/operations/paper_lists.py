"""Tell the applicant everything that is missing, once: the house's list of missing papers (casework), made from the application's own."""

from collections.abc import Set
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import casework.operations
import casework.permissions
from accounts.models import User
from casework.models import NamedPaper, PaperList
from casework.operations import Telling, return_papers
from casework.queries import first_list

from ..models import Application, Paper
from ..queries import papers as reads
from ..states import PaperStatus


class LookFirst(Exception):
    """Who is told once is told everything: also what is wrong with what came already."""

    def __init__(self) -> None:
        super().__init__(_("Look first at what was handed in: the applicant is told everything at once."))


@transaction.atomic
def name_missing(*, application: Application, means: str, by: User, at: datetime, reason: str = "") -> PaperList:
    """The whole list of what is missing or was not accepted, in the applicant's language.

    A second list may ask for what stood on the first, or came since; anything else somebody else signs for, with a ``reason`` (T82).
    Raises LookFirst, NoPaperNamed where nothing is missing, SaidTooLate, NoWayToTell, Ended, StaleRow, Forbidden.
    """
    case, found = application.case, reads.papers_of(application)
    casework.permissions.check_may_handle(by, case, at=at)
    if any(paper.status == PaperStatus.HANDED_IN for paper in found):
        raise LookFirst
    first = first_list(case)
    known = set(NamedPaper.objects.filter(paper_list__case=case).values_list("name", flat=True))
    named = [(reads.in_words(paper.row.names, case.language), paper) for paper in reads.missing(found)]
    telling = Telling(
        papers=[casework.operations.Paper(name, paper.verdict) for name, paper in named],
        means=means,
        reason=reason,
        came=[name for name, paper in named if first and _may_be_named(paper, first, known)],
    )
    return return_papers(case=case, telling=telling, by=by, at=at)


def _may_be_named(paper: Paper, first: PaperList, known: Set[str]) -> bool:
    """It came since the first list, or stood on one in whatever language that was."""
    return (paper.handed_in_at is not None and paper.handed_in_at > first.told_at) or bool(known & reads.list_names(paper))
