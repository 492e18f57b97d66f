"""The front desk's catch-all: a question or wish that no other room is made for, until it is answered."""

from dataclasses import replace
from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from accounts.actors import Actor
from accounts.models import User

from ..models import Case, Contact, GeneralRequest
from ..states import GENERAL_REQUEST
from .attachments import attach
from .cases import NothingSaid, Opening, open_case
from .contacts import NewContact, record_contact
from .linking import split

_SUBJECT = 120


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
    names = ("account", "premises", "contact_name", "contact_phone", "language", "channel", "hall", "asker", "origin")
    opening = Opening(kind=GENERAL_REQUEST.kind, subject="", split_from=case, **{name: getattr(case, name) for name in names})
    part = split(case=case, opening=_titled(opening, text), by=by, at=at)
    return GeneralRequest.objects.create(case=part, topic=topic, text=text.strip())


def _titled(opening: Opening, text: str) -> Opening:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise NothingSaid
    return replace(opening, kind=GENERAL_REQUEST.kind, subject=lines[0][:_SUBJECT])
