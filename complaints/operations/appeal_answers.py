"""Answer an appeal in writing: on the merits, or as a typical question with advice where to read more next time."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

import accounts.queries
from accounts.models import User
from casework.callback_rules import asked_after
from casework.models import Case, Contact
from casework.operations import NewContact, NoAnswer, move_case, record_contact

from .. import reception_permissions
from ..models import Answer, Appeal, DirectionQuestion, Triage


@dataclass(frozen=True, kw_only=True)
class Words:
    """What we answer, and how it reaches them. ``triage`` is typical for a question that many ask; ``article`` is where it stands."""

    text: str
    way: str
    triage: str = ""
    article: str = ""


@transaction.atomic
def answer_appeal(*, appeal: Appeal, words: Words, by: User, at: datetime) -> Answer:
    """Answer it; a specialist who was asked is asked no more. Raises NoAnswer, WrongMove, StaleRow, Forbidden."""
    reception_permissions.check_may_triage(by, at=at)
    if not words.text.strip():
        raise NoAnswer
    case = appeal.case
    record_contact(case=case, contact=NewContact(means=words.way, direction=Contact.Direction.OUT, is_reply=True), by=by, at=at)
    move_case(case=case, verb="answer", by=by, at=at, facts=asked_after(case))
    DirectionQuestion.objects.filter(appeal=appeal, ended_at=None).update(ended_at=at)
    if words.triage == Triage.TYPICAL or words.article:
        appeal.triage, appeal.article = Triage.TYPICAL, words.article[:80]
        appeal.save(update_fields=["triage", "article"])
    return keep_answer(case=case, text=words.text, way=words.way, by=by, at=at)


def keep_answer(*, case: Case, text: str, way: str, by: User, at: datetime) -> Answer:
    """Our words to the customer, numbered in their case. Joins the caller's transaction, after the move that guards it."""
    language = case.language or (case.account.customer.language if case.account else "")
    staff, number = accounts.queries.current_staff(by), Answer.objects.filter(case=case).count() + 1
    return Answer.objects.create(case=case, number=number, text=text.strip(), language=language, way=way, by=staff, at=at)
