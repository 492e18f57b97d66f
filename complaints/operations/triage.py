"""What becomes of an appeal: not ours, forwarded to whoever is in charge, hard with a date; asked back where something is missing.

Note [More time is approved by somebody else]. A date inside the promised time is told at once. A later one is a wish for more time (T86):
whoever may approve it decides, the applicant hears of it then, and only then it holds.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
import casework.operations
import sla.operations.extensions
from accounts.actors import Actor, System
from accounts.models import Staff, User
from casework.callback_rules import asked_after
from casework.models import Case, Contact
from casework.operations import NewContact, NobodyNamed, NothingSaid, ReasonMissing, Step, WrongMove, amend, move_case, record_contact
from sla.models import Clock, Extension, ExtensionReason
from sla.operations.extensions import Wish

from .. import reception_permissions
from ..models import Answer, Appeal, DirectionQuestion, Triage, Way
from ..queries.reception_clocks import reply_clock
from ..states import APPEAL
from .appeal_answers import keep_answer
from .reception_ways import NobodyToAnswer, way_to

BY = System("complaints.triage")


class NotThen(Exception):
    """A date that is told lies ahead."""

    def __init__(self) -> None:
        super().__init__(_("Choose a day that is still to come."))


class NotAsked(Exception):
    """Nobody waits for this specialist's answer any more."""

    def __init__(self) -> None:
        super().__init__(_("This question is settled already; nobody waits for its answer."))


@transaction.atomic
def decline(*, appeal: Appeal, reason: str, by: User, at: datetime) -> Answer:
    """It is not ours to answer: the applicant hears why there is no answer on the merits (T92), and that is the answer.

    Raises ReasonMissing, WrongMove, StaleRow, Forbidden.
    """
    reception_permissions.check_may_triage(by, at=at)
    if not reason.strip():
        raise ReasonMissing
    case, way = appeal.case, way_to(appeal.case, appeal.email)
    record_contact(case=case, contact=NewContact(means=way, direction=Contact.Direction.OUT, is_reply=True), by=by, at=at)
    move_case(case=case, verb="decline", by=by, at=at, facts=asked_after(case))
    _note(appeal, triage=Triage.OUT_OF_FIELD, reason=reason.strip())
    return keep_answer(case=case, text=reason, way=way, by=by, at=at)


@transaction.atomic
def forward(*, appeal: Appeal, to: Staff, question: str, by: User, at: datetime) -> DirectionQuestion:
    """Ask the specialist by territory or function what to answer: one working day (T88). The appeal stays with who has it.

    Asked anew, the former specialist is asked no more. Raises NobodyNamed for who has left, WrongMove, StaleRow, Forbidden.
    """
    reception_permissions.check_may_triage(by, at=at)
    if to.left_at is not None:
        raise NobodyNamed
    move_case(case=appeal.case, verb="forward", by=by, at=at, facts={"to": to.pk})
    end_questions(appeal=appeal, at=at)
    _note(appeal, triage=Triage.FORWARDED)
    asker = accounts.queries.current_staff(by)
    return DirectionQuestion.objects.create(appeal=appeal, to_staff=to, question=question.strip(), asked_by=asker, asked_at=at)


@transaction.atomic
def answer_for_direction(*, question: DirectionQuestion, answer: str, by: User, at: datetime) -> DirectionQuestion:
    """The specialist tells the reception what to answer. Raises NothingSaid, NotAsked, WrongMove, StaleRow, Forbidden."""
    reception_permissions.check_may_answer_direction(by, question, at=at)
    if not answer.strip():
        raise NothingSaid
    if not question.is_open:
        raise NotAsked
    staff = accounts.queries.current_staff(by)
    move_case(case=question.appeal.case, verb="direction_answer", by=by, at=at, facts={"from": staff.pk})
    question.answer, question.answered_by, question.ended_at = answer.strip(), staff, at
    question.save(update_fields=["answer", "answered_by", "ended_at"])
    return question


@transaction.atomic
def tell_date(*, appeal: Appeal, until: datetime, reason: str, by: User, at: datetime) -> Extension | None:
    """It takes longer to find out: tell the applicant by when (T89); the wish for more time where that is beyond the promise.

    See Note [More time is approved by somebody else]. Raises ReasonMissing, NotThen, NoMoreTime, Forbidden, StaleRow.
    """
    reception_permissions.check_may_triage(by, at=at)
    if not reason.strip():
        raise ReasonMissing
    if until <= at:
        raise NotThen
    _check_unanswered(appeal.case)
    clock = reply_clock(appeal.case)
    if clock is None or clock.due_at is None or until <= clock.due_at:
        _tell(appeal, until, {}, by, at)
        _note(appeal, triage=Triage.HARD, reason=reason.strip())
        return None
    amend(appeal.case, fields={}, steps=[], by=by, at=at)
    _note(appeal, triage=Triage.HARD, reason=reason.strip())
    return _ask_for_time(clock, until, reason, by, at)


@transaction.atomic
def note_more_time(*, appeal: Appeal, extension: Extension, at: datetime) -> None:
    """More time was approved: the date that the applicant is told now is the new one. Heard twice it is told once."""
    if appeal.case.is_unfinished and appeal.told_until != extension.due_at:
        _tell(appeal, extension.due_at, {"extension": extension.pk}, BY, at)


@transaction.atomic
def ask_applicant(*, appeal: Appeal, question: str, by: User, at: datetime) -> Case:
    """Ask for what is missing, all of it at once; the promise waits for the answer.

    Raises NothingSaid, NobodyToAnswer where we know no way to them, WrongMove, StaleRow, Forbidden.
    """
    way = way_to(appeal.case, appeal.email)
    if way == Way.LETTER and not appeal.place:
        raise NobodyToAnswer
    return casework.operations.ask_customer(case=appeal.case, question=question, means=way, by=by, at=at)


def end_questions(*, appeal: Appeal, at: datetime) -> int:
    """Nobody needs the specialist's answer any more; how many were open. Joins the caller's transaction."""
    return DirectionQuestion.objects.filter(appeal=appeal, ended_at=None).update(ended_at=at)


@transaction.atomic
def begin_again(*, appeal: Appeal) -> None:
    """Opened again: what was made of it the first time holds no more."""
    _note(appeal, triage="", told_until=None, article="")


def _check_unanswered(case: Case) -> None:
    if APPEAL.find("answer", case.status) is None:
        raise WrongMove("tell_date", case.status, APPEAL.label_of(case.status))


def _tell(appeal: Appeal, until: datetime, facts: dict[str, int], by: Actor, at: datetime) -> None:
    step = Step("appeal.date_told", {"until": until.isoformat(), **facts})
    amend(appeal.case, fields={}, steps=[step], by=by, at=at)
    _note(appeal, told_until=until)


def _ask_for_time(clock: Clock, until: datetime, reason: str, by: User, at: datetime) -> Extension:
    wish = Wish(due_at=until, reason=ExtensionReason.DIFFICULT, explanation=reason)
    return sla.operations.extensions.ask_for_time(clock=clock, wish=wish, by=by, at=at)


def _note(appeal: Appeal, **fields: object) -> None:
    for name, value in fields.items():
        setattr(appeal, name, value)
    appeal.save(update_fields=list(fields))
