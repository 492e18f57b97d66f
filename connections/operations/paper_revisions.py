"""Take back that a paper was accepted, or not needed, while it still matters: until the works are ordered.

Note [Twice is once too often]. What we accepted has not changed since, so to ask for it again is a second return (T82). It may be asked
for by whoever handles the case only where no list of missing papers was told yet, or where the paper came after the first. Else
somebody signs who approves such things, and did not make that list.

Note [Whose time]. While the papers' stage can begin again it does, and it is the applicants' turn until the paper is here. Later the work
goes on, on our time, and the paper is a gap with a day; nothing is ordered to be built before a paper that may not follow is back.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import casework.permissions
from accounts.actors import Actor
from accounts.models import User
from casework.operations import ReasonMissing
from casework.queries import first_list

from ..models import Application, Paper, PaperFile
from ..queries import papers as reads
from ..states import ConnectionStatus
from . import papers, stages

#: Until the works are ordered a paper can still be asked for.
MATTERS_IN = (ConnectionStatus.ACCEPTED, ConnectionStatus.DESIGN, ConnectionStatus.CONTRACT)


class NotSettled(Exception):
    """Only what was decided can be taken back."""

    def __init__(self) -> None:
        super().__init__(_("Nothing was decided about this paper that could be taken back."))


class MattersNoMore(Exception):
    """The works are ordered, or the application is over."""

    def __init__(self) -> None:
        super().__init__(_("The works are ordered: this paper is not asked for again."))


def needs_signature(paper: Paper) -> bool:
    """Whether to ask for it again would be a second return: see Note [Twice is once too often]."""
    first = first_list(paper.application.case)
    return first is not None and not (paper.handed_in_at is not None and paper.handed_in_at > first.told_at)


@transaction.atomic
def take_back(*, paper: Paper, seen: int, reason: str, by: Actor, at: datetime) -> Paper:
    """The paper is wanted again, and why; the applicant hears it. ``seen`` is its version that was looked at.

    Raises ReasonMissing, NotSettled, MattersNoMore, StaleRow, Ended, Forbidden (also where somebody else has to sign).
    """
    if not reason.strip():
        raise ReasonMissing
    casework.permissions.check_may_handle(by, paper.application.case, at=at)
    paper = papers.hold_paper(paper, seen)
    application = paper.application
    if paper.status not in reads.SETTLED:
        raise NotSettled
    if application.case.status not in MATTERS_IN:
        raise MattersNoMore
    first = first_list(application.case)
    if first is not None and needs_signature(paper) and isinstance(by, User):
        casework.permissions.check_may_ask_late(by, first, at=at)
    last: PaperFile | None = paper.files.order_by("-number").first()
    papers.want_again(paper, last, reason=reason, by=by, at=at)
    _begin_again(application, paper, by=by, at=at)
    return paper


def _begin_again(application: Application, paper: Paper, *, by: Actor, at: datetime) -> None:
    """See Note [Whose time]."""
    stages.want_papers_again(application=application, is_drawing=paper.row.is_drawing, by=by, at=at)
    stages.pass_papers(application=application, by=by, at=at)
