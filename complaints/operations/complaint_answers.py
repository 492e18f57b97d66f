"""Answer a complaint, or refuse it with the reason; do what the answer promises, and settle it when that is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor, System
from accounts.models import User
from casework.models import Case
from casework.operations import NoAnswer, ReasonMissing, Step, move_case, record

from .. import complaint_permissions
from ..models import Answer, Complaint, FollowUpWork, Outcome, Way
from ..queries.works import is_done_with
from ..states import ComplaintStatus
from .looking_into import replied, start

_BY = System("complaints")


class OnlyByLetter(Exception):
    """What came over a petition or an office is answered by letter (CMP-06)."""

    def __init__(self) -> None:
        super().__init__(_("This came by petition or over an office: it is answered by letter. Ring besides, if it helps."))


class NowhereToSend(Exception):
    """A message goes to a phone, an e-mail or an account, and nobody left one."""

    def __init__(self) -> None:
        super().__init__(_("They left neither phone nor e-mail. Choose the cabinet or a letter: they read the answer with their code."))


class WorkUnclear(Exception):
    """Work that is promised is a case of ours, or words and a day that is still to come."""

    def __init__(self) -> None:
        super().__init__(_("Say what is still done and by which day, or give the reference of the case in which it is done."))


class NotItsWork(Exception):
    """It is done, or belongs to another complaint."""

    def __init__(self) -> None:
        super().__init__(_("This is done already."))


@dataclass(frozen=True, kw_only=True)
class Work:
    """What the answer says is still done: another case with promises of its own, or words and the moment until which."""

    case: Case | None = None
    words: str = ""
    promised_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was found, what we answer and how it reaches them. ``outcome`` is of the model; ``language`` empty: the customer's."""

    outcome: str
    text: str
    way: str
    finding: str = ""
    language: str = ""
    works: Sequence[Work] = ()


@transaction.atomic
def answer(*, complaint: Complaint, decision: Decision, by: User, at: datetime) -> Answer:
    """Answer in one's own words. Without work to follow it is settled at once; with some, when all of that is done (T16).

    Raises NoAnswer, OnlyByLetter, NowhereToSend, WorkUnclear, WrongMove, StaleRow, Forbidden, AboutThemselves.
    """
    complaint_permissions.check_may_look_into(by, complaint, at=at)
    _check(complaint, decision, at)
    row = _decide(complaint, decision, "answer", by=by, at=at)
    for one in decision.works:
        done_at = at if one.case is not None and is_done_with(one.case) else None
        FollowUpWork.objects.create(answer=row, work=one.case, words=one.words.strip()[:300], promised_at=one.promised_at, done_at=done_at)
    settle_if_done(complaint=complaint, by=by, at=at)
    return row


@transaction.atomic
def refuse(*, complaint: Complaint, decision: Decision, by: User, at: datetime) -> Answer:
    """Say no, with the reason, in writing or by voice: it was looked into, or it is nothing we may decide. Nothing follows from it.

    Raises ReasonMissing, OnlyByLetter, NowhereToSend, WrongMove, StaleRow, Forbidden, AboutThemselves.
    """
    complaint_permissions.check_may_look_into(by, complaint, at=at)
    if not decision.text.strip():
        raise ReasonMissing
    _check(complaint, decision, at)
    return _decide(complaint, decision, "refuse", by=by, at=at)


@transaction.atomic
def finish_work(*, work: FollowUpWork, by: Actor, at: datetime) -> FollowUpWork:
    """What was promised in words is done. Raises NotItsWork, Forbidden, AboutThemselves."""
    complaint = Complaint.objects.select_related("case__timeline").get(pk=work.answer.case_id)
    complaint_permissions.check_may_look_into(by, complaint, at=at)
    found = FollowUpWork.objects.filter(pk=work.pk, done_at=None)
    if found.update(done_at=at, done_by=by.actor_label) != 1:
        raise NotItsWork
    record(timeline_id=complaint.case.timeline_id, steps=[Step("complaint.work_done", {"work": work.pk})], by=by, at=at)
    settle_if_done(complaint=complaint, by=by, at=at)
    work.done_at = at
    return work


def works_of_case_done(*, case: Case, at: datetime) -> None:
    """A case that answers named is done with: so is that work, and whatever complaint waited for nothing else. Once, however often told.

    What was merged goes on in the other case, and so does the promise.
    """
    if case.merged_into_id is not None:
        known = FollowUpWork.objects.filter(work=case.merged_into_id).values("answer")
        FollowUpWork.objects.filter(work=case, done_at=None).exclude(answer__in=known).update(work=case.merged_into_id)
    elif not is_done_with(case):
        return
    for work in FollowUpWork.objects.filter(work=case, done_at=None).select_related("answer").order_by("pk"):
        finish_work(work=work, by=_BY, at=at)


def settle_if_done(*, complaint: Complaint, by: Actor, at: datetime) -> None:
    """Nothing that was promised is open any more. Joins the caller's transaction."""
    case = complaint.case
    open_works = FollowUpWork.objects.filter(answer__case=case, done_at=None)
    if case.status == ComplaintStatus.ANSWERED and not open_works.exists():
        move_case(case=case, verb="settle", by=by if not isinstance(by, User) or by.is_staff else _BY, at=at)


def _check(complaint: Complaint, decision: Decision, at: datetime) -> None:
    if not decision.text.strip():
        raise NoAnswer
    if complaint.is_answered_by_letter and decision.way != Way.LETTER:
        raise OnlyByLetter
    # Else the promise of an answer would be kept by a message that goes to nobody.
    if decision.way in {Way.EMAIL, Way.SMS} and not (complaint.email or complaint.case.contact_phone or complaint.case.account_id):
        raise NowhereToSend
    for work in decision.works:
        is_day = work.promised_at is not None and work.promised_at > at and work.words.strip()
        is_case = work.case is not None and work.case.pk != complaint.case_id
        if not is_day and not is_case:
            raise WorkUnclear


def _decide(complaint: Complaint, decision: Decision, verb: str, *, by: User, at: datetime) -> Answer:
    case = complaint.case
    start(complaint, by=by, at=at)
    replied(case, decision.way, by=by, at=at)
    outcome = Outcome.REFUSED if verb == "refuse" else decision.outcome
    move_case(case=case, verb=verb, by=by, at=at, facts={"outcome": str(outcome), "works": len(decision.works)})
    complaint.outcome, complaint.finding, complaint.decided_at = outcome, decision.finding.strip(), at
    complaint.save(update_fields=["outcome", "finding", "decided_at"])
    return Answer.objects.create(
        case=case,
        number=Answer.objects.filter(case=case).count() + 1,
        text=decision.text.strip(),
        language=decision.language or case.language or (case.account.customer.language if case.account else ""),
        way=decision.way,
        by=accounts.queries.current_staff(by),
        at=at,
    )
