"""A question that no article answers: put to the department that knows, answered, and made an article of (T28)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Staff, User
from casework.models import Case

from .. import permissions
from ..models import Article, AskedQuestion, Section
from ..queries.departments import people_of
from .knowledge_writing import NewArticle, NothingWritten, Wording, begin_article
from .writing import owe_to_staff


class NoLongerOpen(Exception):
    """Somebody answered or dropped the question meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This question is settled already. Look again."))


@dataclass(frozen=True, kw_only=True)
class NewQuestion:
    """What somebody wants to know, and who should. ``department`` is a role; the text names nobody."""

    text: str
    language: str
    department: str
    case: Case | None = None


@transaction.atomic
def ask_department(*, question: NewQuestion, by: User, at: datetime) -> AskedQuestion:
    """Put a question to a department; its people hear of it at once. Raises NothingWritten, Forbidden."""
    permissions.check_may_write_knowledge(by, at=at)
    if not question.text.strip():
        raise NothingWritten
    row = AskedQuestion.objects.create(
        text=question.text.strip(),
        language=question.language,
        department=question.department,
        case=question.case,
        asked_by=by,
        asked_at=at,
        due_at=at + timedelta(hours=settings.KNOWLEDGE_ANSWER_HOURS),
    )
    _tell("question_asked", row, people_of(row.department, at), at)
    return row


@transaction.atomic
def answer_question(*, question: AskedQuestion, answer: str, by: User, at: datetime) -> Article:
    """The department's answer: whoever asked hears it, and it becomes the draft of an article that another person publishes.

    Raises NothingWritten, NoLongerOpen, Forbidden.
    """
    permissions.check_may_answer(by, question, at=at)
    if not answer.strip():
        raise NothingWritten
    open_ones = AskedQuestion.objects.filter(pk=question.pk, answered_at=None, dropped_at=None)
    if not open_ones.update(answer=answer.strip(), answered_by=by, answered_at=at):
        raise NoLongerOpen
    title = " ".join(question.text.split())
    # A question is a line or a story; the first line of either is a title that its writer can better.
    wording = Wording(language=question.language, title=title[:160], body=answer)
    new = NewArticle(slug=f"question-{question.pk}", section=Section.FEEDBACK, department=question.department)
    article = begin_article(article=new, wording=wording, by=by, at=at)
    AskedQuestion.objects.filter(pk=question.pk).update(article=article)
    question.refresh_from_db()
    _tell("question_answered", question, _asker(question), at)
    return article


@transaction.atomic
def drop_question(*, question: AskedQuestion, why: str, by: User, at: datetime) -> None:
    """Settle a question without an answer of its own: there is an article, or it is not ours.

    Raises NothingWritten, NoLongerOpen, Forbidden.
    """
    permissions.check_may_answer(by, question, at=at)
    if not why.strip():
        raise NothingWritten
    open_ones = AskedQuestion.objects.filter(pk=question.pk, answered_at=None, dropped_at=None)
    if not open_ones.update(dropped_at=at, dropped_why=why.strip()[:200]):
        raise NoLongerOpen
    question.refresh_from_db()
    _tell("question_dropped", question, _asker(question), at)


def _asker(question: AskedQuestion) -> Sequence[Staff]:
    return list(Staff.objects.filter(user=question.asked_by, left_at=None))


def _tell(kind: str, question: AskedQuestion, staff: Sequence[Staff], at: datetime) -> None:
    context = {"number": question.pk, "due": question.due_at, "reference": question.case.reference if question.case else ""}
    link = reverse("notices:question", args=[question.pk])
    owe_to_staff(kind=kind, key=f"question:{question.pk}:{kind}", staff=staff, context=context, at=at, link=link)
