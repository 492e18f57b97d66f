"""Keep the questions that were asked; write other ones, and let somebody else put them in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

import accounts.queries
from accounts.models import User

from .. import permissions
from ..models import Questionnaire, QuestionnaireDraft
from ..queries.questionnaires import Asked
from ..questions import of_the_house, parse


class DraftGone(Exception):
    """It was published, thrown away or changed since somebody looked at it."""

    def __init__(self) -> None:
        super().__init__(_("These questions were changed, published or thrown away meanwhile. Look at them again."))


class OwnQuestions(Exception):
    """Two people look at what customers are asked."""

    def __init__(self) -> None:
        super().__init__(_("You wrote these questions yourself: somebody else puts them in force."))


@dataclass(frozen=True, kw_only=True)
class NewQuestions:
    """What is to be asked about cases of a kind, from when on (None: as soon as it is published), and why."""

    kind: str
    questions: Sequence[Mapping[str, Any]]
    since: datetime | None
    reason: str


def keep(*, asked: Asked, at: datetime) -> Questionnaire:
    """The row of a version that is used now, made when it is used for the first time; in the caller's transaction."""
    rows = of_the_house().get(asked.kind, (0, []))[1]
    found, _made = Questionnaire.objects.get_or_create(
        kind=asked.kind, number=asked.number, defaults={"questions": list(rows), "since": at}
    )
    return found


@transaction.atomic
def write(*, new: NewQuestions, by: User, at: datetime) -> QuestionnaireDraft:
    """Keep questions as the draft for a kind, in place of the one before. Nobody is asked them yet. Raises BadQuestionnaire, Forbidden."""
    permissions.check_may_write_questions(by, at=at)
    parse(new.questions)
    before = _held(new.kind).first()
    content = {"questions": list(new.questions), "since": new.since, "reason": new.reason, "said": ""}
    whose = {"written_by": accounts.queries.current_staff(by), "written_at": at, "version": before.version + 1 if before else 1}
    draft, _made = QuestionnaireDraft.objects.update_or_create(kind=new.kind, defaults={**content, **whose})
    return draft


@transaction.atomic
def publish(*, kind: str, version: int, by: User, at: datetime) -> Questionnaire:
    """Put a draft in force, as it was looked at (``version``), from its moment on, or from now if that has passed.

    Answers to the old questions stay as they were. Raises DraftGone, OwnQuestions, BadQuestionnaire, Forbidden.
    """
    permissions.check_may_write_questions(by, at=at)
    draft = _draft(kind, version)
    staff = accounts.queries.current_staff(by)
    if draft.written_by_id == staff.pk:
        raise OwnQuestions
    parse(draft.questions)
    newest = Questionnaire.objects.filter(kind=kind).aggregate(Max("number"))["number__max"] or 0
    number = max(newest, of_the_house().get(kind, (0, []))[0]) + 1
    since = max(draft.since or at, at)
    found = Questionnaire.objects.create(
        kind=kind, number=number, questions=draft.questions, since=since, written_by_id=draft.written_by_id, published_by=staff
    )
    draft.delete()
    return found


@transaction.atomic
def send_back(*, kind: str, version: int, said: str, by: User, at: datetime) -> QuestionnaireDraft:
    """The writer is told why it cannot be asked like this. Raises DraftGone, Forbidden."""
    permissions.check_may_write_questions(by, at=at)
    draft = _draft(kind, version)
    draft.said, draft.version = said, draft.version + 1
    draft.save(update_fields=["said", "version"])
    return draft


@transaction.atomic
def discard(*, kind: str, version: int, by: User, at: datetime) -> None:
    """Throw a draft away. Raises DraftGone, Forbidden."""
    permissions.check_may_write_questions(by, at=at)
    _draft(kind, version).delete()


def _draft(kind: str, version: int) -> QuestionnaireDraft:
    found = _held(kind).filter(version=version).first()
    if found is None:
        raise DraftGone
    return found


def _held(kind: str) -> QuerySet[QuestionnaireDraft]:
    return QuestionnaireDraft.objects.select_for_update(no_key=True).filter(kind=kind)
