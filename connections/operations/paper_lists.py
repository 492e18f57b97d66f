"""Tell the applicant everything that is missing, once: the house's list of missing papers (casework), made from the application's own."""

from datetime import datetime

from django.db import transaction

import casework.operations
from accounts.models import User
from casework.models import PaperList
from casework.operations import Telling, return_papers
from casework.queries import first_list

from ..models import Application
from ..queries import papers as reads


@transaction.atomic
def name_missing(*, application: Application, means: str, by: User, at: datetime, reason: str = "") -> PaperList:
    """The whole list of what is missing or was not accepted, in the applicant's language.

    A second list may ask for what stood on the first, or came since; anything else somebody else signs for, with a ``reason`` (T82).
    Raises NoPaperNamed where nothing is missing, SaidTooLate, NoWayToTell, Ended, StaleRow, Forbidden.
    """
    case = application.case
    first = first_list(case)
    named = [(reads.in_words(paper.row.names, case.language), paper) for paper in reads.missing(reads.papers_of(application))]
    telling = Telling(
        papers=[casework.operations.Paper(name, paper.verdict) for name, paper in named],
        means=means,
        reason=reason,
        came=[name for name, paper in named if first and paper.handed_in_at and paper.handed_in_at > first.told_at],
    )
    return return_papers(case=case, telling=telling, by=by, at=at)
