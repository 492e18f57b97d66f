"""An answer for everybody: written without personal data, read by a second pair of eyes, published, taken back with a trace.

Note [Two pairs of eyes]
    Whoever changed the words last cannot publish them, nor whoever put a file beside them. What is published is what the second reader
    saw: ``seen`` is a digest of words and files, and a draft that changed since is refused. What the detector still marks stays only with
    a reason of the writer, and the second reader says how many marks they looked at; a file that it cannot judge, they must have opened.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from sequences import get_next_value

from accounts.actors import Actor
from casework.models import Case
from casework.operations import ReasonMissing, StaleRow, Step, amend, move, open_timeline

from .. import publication_marks, publication_permissions
from ..models import Publication
from ..models.publication import LONGEST
from ..queries.published import index_of
from ..states import PUBLICATION

_REASON = 300


class NothingToPublish(Exception):
    """A question or an answer is empty."""

    def __init__(self) -> None:
        super().__init__(_("Write the question and the answer, in short form."))


class TooLong(Exception):
    """Nobody reads that much."""

    def __init__(self) -> None:
        super().__init__(_("At most %(most)d characters each: put it shortly.") % {"most": LONGEST})


class PublishedAlready(Exception):
    """A case is published once in a language."""

    def __init__(self) -> None:
        super().__init__(_("This case has an answer for everybody in this language already, or a draft of one."))


class MarksLeft(Exception):
    """The detector still sees somebody in the words."""

    def __init__(self, count: int) -> None:
        said = _("%(count)d places still look like personal data. Take them out, or say why they may stay.")
        super().__init__(said % {"count": count})


class NotLookedAt(Exception):
    """Something that only a person can judge was not looked at."""

    def __init__(self) -> None:
        super().__init__(_("Look at every marked place and open every file that is marked, and say so."))


class Unchangeable(Exception):
    """It is not a draft any more."""

    def __init__(self) -> None:
        super().__init__(_("Only a draft can be changed."))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The words for everybody: in which section, in which language."""

    section: str
    language: str
    question: str
    answer: str


@transaction.atomic
def begin(*, draft: Draft, case: Case | None = None, by: Actor, at: datetime) -> Publication:
    """Write down a first draft, from a case or from nothing. Raises NothingToPublish, TooLong, PublishedAlready, Forbidden."""
    staff = publication_permissions.writer(by, Publication(case=case), at=at)
    row = Publication(number=get_next_value("complaints.publication"), case=case, drafted_by=staff, drafted_at=at, **_fields(draft))
    facts = {"number": row.number, "case": case.pk if case else None}
    row.timeline = open_timeline(kind="publication", steps=[Step("publication.drafted", facts)], by=by, at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise PublishedAlready from None
    return row


@transaction.atomic
def rewrite(*, publication: Publication, draft: Draft, by: Actor, at: datetime) -> Publication:
    """Other words; whoever changes them is the writer from now on. Raises Unchangeable, PublishedAlready, NothingToPublish, TooLong."""
    staff = publication_permissions.writer(by, publication, at=at)
    if not publication.is_draft:
        raise Unchangeable
    fields = {**_fields(draft), "drafted_by": staff, "drafted_at": at}
    try:
        with transaction.atomic():
            amend(publication, fields=fields, steps=[Step("publication.rewritten", {"number": publication.number})], by=by, at=at)
    except IntegrityError:
        raise PublishedAlready from None
    return publication


@transaction.atomic
def propose(*, publication: Publication, kept_why: str = "", by: Actor, at: datetime) -> Publication:
    """Give it to a second pair of eyes. Raises MarksLeft where something is marked and no reason given, WrongMove, StaleRow, Forbidden."""
    publication_permissions.writer(by, publication, at=at)
    marks = marks_in(publication)
    if marks and not kept_why.strip():
        raise MarksLeft(marks)
    fields = {"kept_why": kept_why.strip()[:_REASON] if marks else "", "sent_back_why": ""}
    move(publication, PUBLICATION, "propose", by=by, at=at, fields=fields, number=publication.number, marks=marks)
    return publication


@transaction.atomic
def send_back(*, publication: Publication, why: str, by: Actor, at: datetime) -> Publication:
    """It is not fit for everybody yet, for a reason. Raises ReasonMissing, SamePair, WrongMove, StaleRow, Forbidden."""
    publication_permissions.publisher(by, publication, at=at)
    fields = {"sent_back_why": _said(why)}
    move(publication, PUBLICATION, "send_back", by=by, at=at, fields=fields, number=publication.number)
    return publication


@transaction.atomic
def publish(*, publication: Publication, seen: str, looked_at: int, by: Actor, at: datetime) -> Publication:
    """Let everybody read it. ``looked_at`` is how many marked places and files this reader looked at: Note [Two pairs of eyes].

    Raises NotLookedAt, SamePair, StaleRow for what changed since it was read, WrongMove, Forbidden.
    """
    staff = publication_permissions.publisher(by, publication, at=at)
    if seen != digest(publication):
        raise StaleRow
    files = [row for row in publication.files.order_by("number") if row.must_be_looked_at]
    if looked_at != marks_in(publication) + len(files):
        raise NotLookedAt
    fields = {"published_by": staff, "published_at": at, "search": index_of(publication.question, publication.answer)}
    move(publication, PUBLICATION, "publish", by=by, at=at, fields=fields, number=publication.number, marks=looked_at)
    publication.files.filter(pk__in=[row.pk for row in files]).update(looked_at_by=staff)
    return publication


@transaction.atomic
def withdraw(*, publication: Publication, why: str, by: Actor, at: datetime) -> Publication:
    """Take it back at once; one pair of eyes is enough. Its words are blanked, its page says when and why.

    ``why`` is read by everybody: raises MarksLeft where it names somebody. Raises ReasonMissing, WrongMove, StaleRow, Forbidden.
    """
    staff = publication_permissions.writer(by, publication, at=at)
    if marks := publication_marks.total(publication_marks.counted(_said(why))):
        raise MarksLeft(marks)
    fields = {"withdrawn_by": staff, "withdrawn_at": at, "withdrawn_why": _said(why), "search": "", "question": "", "answer": ""}
    move(publication, PUBLICATION, "withdraw", by=by, at=at, fields=fields, number=publication.number)
    forget_files(publication)
    return publication


@transaction.atomic
def drop(*, publication: Publication, by: Actor, at: datetime) -> Publication:
    """It will not be published. Raises WrongMove, StaleRow, Forbidden."""
    publication_permissions.writer(by, publication, at=at)
    return forget(publication=publication, by=by, at=at)


@transaction.atomic
def forget(*, publication: Publication, by: Actor, at: datetime) -> Publication:
    """The same where the case behind a draft is erased; the caller knows who may. Raises WrongMove, StaleRow."""
    fields = dict.fromkeys(("question", "answer", "kept_why", "sent_back_why"), "")
    move(publication, PUBLICATION, "drop", by=by, at=at, fields=fields, number=publication.number)
    forget_files(publication)
    return publication


def marks_in(publication: Publication) -> int:
    """How many places of the words are marked now."""
    return sum(publication_marks.total(publication_marks.counted(words)) for words in (publication.question, publication.answer))


def digest(publication: Publication) -> str:
    """Of all that a second reader sees."""
    files = list(publication.files.order_by("number").values_list("number", "sha256"))
    said: list[Any] = [publication.section, publication.language, publication.question, publication.answer, publication.kept_why, files]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def forget_files(publication: Publication) -> None:
    """Delete the files beside it, in the caller's transaction; their bytes when it is committed."""
    names = list(publication.files.order_by("number").values_list("file", flat=True))
    publication.files.all().delete()
    transaction.on_commit(lambda: _delete(names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _fields(draft: Draft) -> dict[str, Any]:
    question, answer = draft.question.strip(), draft.answer.strip()
    if not question or not answer:
        raise NothingToPublish
    if max(len(question), len(answer)) > LONGEST:
        raise TooLong
    return {"section": draft.section, "language": draft.language, "question": question, "answer": answer}


def _said(why: str) -> str:
    if not why.strip():
        raise ReasonMissing
    return why.strip()[:_REASON]
