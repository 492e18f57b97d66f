"""Answer a request, or ask back: a person's word to the customer, and the case moves with it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.models import User

from ..callback_rules import asked_after
from ..models import Case, Contact, GeneralRequest
from .cases import NothingSaid, move_case
from .contacts import NewContact, record_contact


class NoAnswer(Exception):
    """An answer has words."""

    def __init__(self) -> None:
        super().__init__(_("Write the answer."))


@transaction.atomic
def answer_request(*, request: GeneralRequest, text: str, means: str, by: User, at: datetime) -> GeneralRequest:
    """Answer it, and note by which means the customer has the answer: a person's reply in substance.

    Raises NoAnswer, WrongMove, StaleRow, Forbidden.
    """
    if not text.strip():
        raise NoAnswer
    said = NewContact(means=means, direction=Contact.Direction.OUT, is_reply=True)
    record_contact(case=request.case, contact=said, by=by, at=at)
    move_case(case=request.case, verb="answer", by=by, at=at, facts=asked_after(request.case))
    request.answer, request.answered_at, request.answered_by = text.strip(), at, accounts.queries.current_staff(by)
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    return request


@transaction.atomic
def ask_customer(*, case: Case, question: str, means: str, by: User, at: datetime) -> Case:
    """Ask for what only the customer can say; the case waits for it. Raises NothingSaid, WrongMove, StaleRow, Forbidden."""
    if not question.strip():
        raise NothingSaid
    asked = NewContact(means=means, direction=Contact.Direction.OUT, content=question.strip())
    record_contact(case=case, contact=asked, by=by, at=at)
    return move_case(case=case, verb="ask_customer", by=by, at=at)
