"""Tell a customer everything that is missing, at once and once; and say when it is all there.

Note [Once]
    Whoever was told a list and brought what stood on it must not be sent home again for something that could have been said
    the first time (T82). So a later list asks for what is on an earlier one, or for a file by its name that came since; anything
    else only with the signature of somebody who approves, who is not the one who made the first list, and with the reason.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor
from accounts.models import Staff, User
from accounts.searching import fold

from .. import permissions, queries
from ..models import Case, Contact, NamedPaper, PaperList
from .assignment import Ended
from .contacts import NewContact, record_contact
from .events import Step
from .moves import amend

#: Words that reach somebody only where we know a way to them.
_SENT = {Contact.Means.SMS, Contact.Means.EMAIL, Contact.Means.CABINET}


class NoPaperNamed(Exception):
    """A list without a paper tells nothing."""

    def __init__(self) -> None:
        super().__init__(_("Name at least one paper."))


class NothingMissing(Exception):
    """No list is open, or nothing of the kind stands on it."""

    def __init__(self) -> None:
        super().__init__(_("No paper is missing here."))


class NoWayToTell(Exception):
    """A message would reach nobody."""

    def __init__(self) -> None:
        super().__init__(_("We know no phone and no account to write to. Tell them at the counter and print the list."))


class SaidTooLate(Exception):
    """A paper is asked for that the first list should have named."""

    def __init__(self, names: Sequence[str]) -> None:
        said = _("This should have stood on the first list, and nothing of that name has come since: %(papers)s.")
        ways = _("Somebody who approves may still ask for it, with a reason; else go on without it.")
        super().__init__(f"{said % {'papers': '; '.join(names)}} {ways}")


@dataclass(frozen=True)
class Paper:
    """A paper by its name, and what is wrong with it (nothing: it is not there)."""

    name: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """All that is missing, by which means the customer hears of it, and why it was not said before (for who signs for that).

    ``came`` are names of what came since the first list, where its room knows that better than the names of files tell.
    """

    papers: Sequence[Paper]
    means: str
    reason: str = ""
    came: Collection[str] = ()


@transaction.atomic
def return_papers(*, case: Case, telling: Telling, by: User, at: datetime) -> PaperList:
    """Tell the customer the whole list of what is missing or wrong. What an earlier list asks for and has not come stays on it.

    Promises that wait for complete papers fall away until they are. Raises NoPaperNamed, NoWayToTell, Ended, StaleRow,
    Forbidden; SaidTooLate for what a later list must not ask for: Note [Once].
    """
    permissions.check_may_handle(by, case, at=at)
    if not case.is_unfinished:
        raise Ended
    if telling.means in _SENT and not case.contact_phone and case.account_id is None:
        raise NoWayToTell
    papers = _whole_list(case, telling.papers)
    first = queries.first_list(case)
    signer = _signer(case, telling, first, by, at)
    number = case.paper_lists.count() + 1
    facts = {"list": number, "papers": len(papers), "signed_by": signer and signer.pk}
    # First: of two who do it at once the second finds the case changed, not a row in its way.
    amend(case, fields={}, steps=[Step("case.papers_incomplete", facts)], by=by, at=at)
    told = PaperList.objects.create(
        case=case,
        number=number,
        means=telling.means,
        told_at=at,
        by=by.actor_label,
        staff=queries.staff_behind(by),
        signed_by=signer,
        reason=telling.reason.strip()[:300] if signer else "",
    )
    rows = NamedPaper.objects.bulk_create(NamedPaper(paper_list=told, name=paper.name, remark=paper.remark) for paper in papers)
    said = NewContact(means=telling.means, direction=Contact.Direction.OUT, content="; ".join(str(row) for row in rows))
    record_contact(case=case, contact=said, by=by, at=at)
    return told


@transaction.atomic
def receive_papers(*, case: Case, names: Collection[str], by: Actor, at: datetime) -> list[NamedPaper]:
    """Note which papers of the open list have come; whether they are right is looked at next.

    Raises NothingMissing, StaleRow, Forbidden.
    """
    permissions.check_may_handle(by, case, at=at)
    wanted = {fold(name) for name in names}
    come = [paper for paper in queries.missing_papers(case) if fold(paper.name) in wanted]
    if not come:
        raise NothingMissing
    amend(case, fields={}, steps=[Step("case.papers_received", {"papers": len(come)})], by=by, at=at)
    NamedPaper.objects.filter(pk__in=[paper.pk for paper in come]).update(arrived_at=at)
    return come


@transaction.atomic
def complete_papers(*, case: Case, by: Actor, at: datetime) -> Case:
    """All papers are there and right: promises that waited for them begin. Raises NothingMissing, Ended, StaleRow, Forbidden."""
    permissions.check_may_handle(by, case, at=at)
    if not case.is_unfinished:
        raise Ended
    last = queries.open_list(case)
    if last is None:
        raise NothingMissing
    amend(case, fields={}, steps=[Step("case.papers_complete", {"list": last.number})], by=by, at=at)
    last.papers.filter(arrived_at=None).update(arrived_at=at)
    PaperList.objects.filter(pk=last.pk).update(completed_at=at)
    return case


def _whole_list(case: Case, papers: Sequence[Paper]) -> list[Paper]:
    """What is named now, each once, then what was named before and has not come."""
    before = [Paper(row.name, row.remark) for row in queries.missing_papers(case)]
    named = [Paper(paper.name.strip()[:120], paper.remark.strip()[:300]) for paper in papers if paper.name.strip()]
    if not named:
        raise NoPaperNamed
    whole: dict[str, Paper] = {}
    for paper in [*named, *before]:
        whole.setdefault(fold(paper.name), paper)
    return list(whole.values())


def _signer(case: Case, telling: Telling, first: PaperList | None, by: User, at: datetime) -> Staff | None:
    """Who signs for asking late; None where nothing is asked late. Raises SaidTooLate, Forbidden."""
    came = {fold(name) for name in telling.came}
    late = queries.unannounced(case, [name for paper in telling.papers if (name := paper.name.strip()) and fold(name) not in came])
    if first is None or not late:
        return None
    if not telling.reason.strip():
        raise SaidTooLate(late)
    permissions.check_may_ask_late(by, first, at=at)
    return accounts.queries.current_staff(by)
