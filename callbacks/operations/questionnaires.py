"""Keep the questions that were asked, and put new ones in force."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

import accounts.permissions
from accounts.models import User
from accounts.roles import Verb

from ..models import Questionnaire
from ..queries.questionnaires import Asked, current
from ..questions import of_the_house, parse


def keep(*, asked: Asked, at: datetime) -> Questionnaire:
    """The row of a version that is used now, made when it is used for the first time; in the caller's transaction."""
    rows = of_the_house().get(asked.kind, (0, []))[1]
    found, _made = Questionnaire.objects.get_or_create(
        kind=asked.kind, number=asked.number, defaults={"questions": list(rows), "since": at}
    )
    return found


@transaction.atomic
def publish(*, kind: str, questions: Sequence[Mapping[str, Any]], by: User, at: datetime) -> Questionnaire:
    """Ask other questions about cases of a kind from now on; answers to the old ones stay as they were.

    Raises BadQuestionnaire, Forbidden.
    """
    accounts.permissions.check_verb(by, Verb.EDIT_PROMISES, at=at)
    parse(questions)
    asked = current(kind)
    number = asked.number + 1 if asked.kind == kind else 1
    return Questionnaire.objects.create(kind=kind, number=number, questions=list(questions), since=at)
