"""Write down what a customer said, and do what follows from it: open the matter again, pass a problem on, ask once more later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor
from accounts.models import Staff, User
from casework import kinds
from casework.models import Case, Contact
from casework.operations import NewContact, move, record_contact, reopen_case

from .. import permissions
from ..models import FollowUp, Heard
from ..queries.questionnaires import current
from ..states import FOLLOW_UP
from . import problems, questionnaires
from .bearing import bear_again
from .holding import hold


class NotAnswered(Exception):
    """Two questions are asked of everybody."""

    def __init__(self) -> None:
        super().__init__(_("Say whether it is settled, and how satisfied the customer is."))


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a customer said. ``settled``: what they wanted is done; ``score``: satisfaction, 1 to 5.

    ``answers`` are numbers by question (yes 1, no 0, scores 1 to 5), ``texts`` their words by question, ``words`` all else they said.
    ``heard_by`` is how; ``problem`` something wrong to be passed on, to ``department`` (a role; else the one in charge of such cases).
    """

    settled: bool
    score: int
    answers: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    heard_by: str = Heard.CALL
    problem: str = ""
    department: str = ""

    def parts(self) -> tuple[dict[str, int], dict[str, str], str]:
        """Answers, texts and words, as they are kept."""
        answers = {**self.answers, "settled": int(self.settled), "score": self.score}
        return answers, {code: text.strip() for code, text in self.texts.items() if text.strip()}, self.words.strip()

    def in_words(self) -> str:
        """All that was said in words, a line each."""
        return "\n".join(text.strip() for text in (*self.texts.values(), self.words) if text.strip())

    @property
    def is_satisfied(self) -> bool:
        """Nothing for a supervisor to hear of."""
        return self.settled and self.score > settings.CALLBACK_DISSATISFIED_TO


@transaction.atomic
def hear(*, follow_up: FollowUp, said: Said, by: User, at: datetime) -> FollowUp:
    """Keep what the customer said to somebody who was not there. What is not settled is opened again, else passed on as a problem.

    Raises WasThere, NotAnswered, NotAsked, WrongMove once it has ended, Forbidden, StaleRow.
    """
    permissions.check_may_ask(by, at=at)
    found = hold(follow_up)
    permissions.check_was_elsewhere(found.case, accounts.queries.current_staff(by))
    keep_answer(found, said, by=by, at=at)
    if not said.settled:
        take_up_again(found.case, said, by=by, at=at)
    return found


def keep_answer(found: FollowUp, said: Said, *, by: Actor, at: datetime) -> FollowUp:
    """The answer on the row, the contact on the case, and what always follows; for callers who hold the follow-up."""
    if not 1 <= said.score <= 5:
        raise NotAnswered
    staff = accounts.queries.current_staff(by) if isinstance(by, User) else None
    answers, texts, words = said.parts()
    fields = {
        "answers": answers,
        "texts": texts,
        "words": words,
        "settled": said.settled,
        "score": said.score,
        "heard_by": said.heard_by,
        "questionnaire": questionnaires.keep(asked=current(found.kind, at), at=at),
        "asked_by": staff,
        "ended_at": at,
    } | ({} if staff else {"said_at": at})
    move(found, FOLLOW_UP, "hear", by=by, at=at, fields=fields, **_facts(found, said, staff))
    record_contact(case=found.case, contact=_contact(said, is_ours=staff is not None), by=by, at=at)
    if said.problem.strip() or (not said.settled and not can_be_reopened(found.case)):
        problems.pass_on(follow_up=found, text=said.problem or said.in_words(), department=said.department, by=by, at=at)
    days = settings.PROMISES["second_callback_days"]
    if days and found.turn == 1 and said.settled:
        bear_again(follow_up=found, from_=at + timedelta(days=int(str(days))))
    return found


def can_be_reopened(case: Case) -> bool:
    """Whether the lifecycle of its kind leads back to work from where it stands."""
    return kinds.kind(case.kind).lifecycle.find("reopen", case.status) is not None


def take_up_again(case: Case, said: Said, *, by: Actor, at: datetime) -> None:
    """Open the case again, where that is possible. Raises ReopenedOften for a customer's word alone."""
    if can_be_reopened(case):
        why = said.in_words() or said.problem.strip() or _("Asked how it went, the customer said that it is not settled.")
        reopen_case(case=case, why=why, by=by, at=at)


def _facts(found: FollowUp, said: Said, staff: Staff | None) -> dict[str, Any]:
    return {
        "follow_up": found.pk,
        "outcome": "heard",
        "way": str(said.heard_by),
        "settled": int(said.settled),
        "satisfied": int(said.is_satisfied),
        "score": said.score,
        "asked_by": staff.pk if staff else None,
    }


def _contact(said: Said, *, is_ours: bool) -> NewContact:
    if not is_ours:
        return NewContact(means=Contact.Means.CABINET, direction=Contact.Direction.IN, content=said.in_words())
    means = said.heard_by if said.heard_by in {Heard.VISIT, Heard.LETTER} else Contact.Means.CALL
    return NewContact(means=means, direction=Contact.Direction.OUT, content=said.in_words())
