"""The front desk's catch-all: a question or wish that no other room is made for, until it is answered."""

from dataclasses import replace
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor
from accounts.models import User

from .. import permissions, queries
from ..models import Case, Contact, GeneralRequest
from ..states import GENERAL_REQUEST
from .attachments import attach
from .cases import NothingSaid, Opening, move_case, open_case
from .contacts import NewContact, record_contact
from .linking import split

_SUBJECT = 120


class NoAnswer(Exception):
    """An answer has words."""

    def __init__(self) -> None:
        super().__init__(_("Write the answer."))


@transaction.atomic
def open_request(*, opening: Opening, topic: str, text: str, by: Actor, at: datetime, file: "File[bytes] | None" = None) -> GeneralRequest:
    """Take down a request, with the file that came along; its subject is the first line of what was said.

    Raises NothingSaid, NotTaken.
    """
    case = open_case(opening=_titled(opening, text), by=by, at=at)
    row = GeneralRequest.objects.create(case=case, topic=topic, text=text.strip())
    if file is not None:
        attach(case=case, file=file, by=by, at=at)
    return row


@transaction.atomic
def say(*, case: Case, text: str, by: User, at: datetime, file: "File[bytes] | None" = None) -> None:
    """One more word or file from the customer. Raises NothingSaid when there is neither, NotTaken, NotYourCase."""
    if not text.strip() and file is None:
        raise NothingSaid
    if file is not None:
        attach(case=case, file=file, by=by, at=at)
    said = NewContact(means=Contact.Means.CABINET, direction=Contact.Direction.IN, content=text.strip())
    record_contact(case=case, contact=said, by=by, at=at)


@transaction.atomic
def split_request(*, case: Case, topic: str, text: str, by: Actor, at: datetime) -> GeneralRequest:
    """A second matter that came with the first: the same person, a case of its own. Raises Ended, NothingSaid."""
    names = ("account", "premises", "contact_name", "contact_phone", "language", "channel", "hall", "asker")
    opening = Opening(kind=GENERAL_REQUEST.kind, subject="", split_from=case, **{name: getattr(case, name) for name in names})
    part = split(case=case, opening=_titled(opening, text), by=by, at=at)
    return GeneralRequest.objects.create(case=part, topic=topic, text=text.strip())


@transaction.atomic
def answer_request(*, request: GeneralRequest, text: str, means: str, by: User, at: datetime) -> GeneralRequest:
    """Answer it, and note by which means the customer has the answer: a person's reply in substance.

    Raises NoAnswer, WrongMove, StaleRow, Forbidden.
    """
    if not text.strip():
        raise NoAnswer
    said = NewContact(means=means, direction=Contact.Direction.OUT, is_reply=True)
    record_contact(case=request.case, contact=said, by=by, at=at)
    move_case(case=request.case, verb="answer", by=by, at=at)
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


@transaction.atomic
def reopen_case(*, case: Case, why: str, by: Actor, at: datetime) -> Case:
    """Work on it again, because the answer did not help: in the customer's words, or in ours.

    Raises NothingSaid, WrongMove, StaleRow, Forbidden once a customer comes too late.
    """
    if not why.strip():
        raise NothingSaid
    permissions.check_may_reopen(by, case, at=at)
    is_ours = queries.staff_behind(by) is not None
    said = NewContact(
        means=Contact.Means.NOTE if is_ours else Contact.Means.CABINET,
        direction=Contact.Direction.INSIDE if is_ours else Contact.Direction.IN,
        content=why.strip(),
    )
    record_contact(case=case, contact=said, by=by, at=at)
    return move_case(case=case, verb="reopen", by=by, at=at, fields={"end_reason": ""})


def _titled(opening: Opening, text: str) -> Opening:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise NothingSaid
    return replace(opening, kind=GENERAL_REQUEST.kind, subject=lines[0][:_SUBJECT])
