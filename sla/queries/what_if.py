"""When would it be due? The engine's own answer to a question about something that has not happened, with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language

from .. import explanations, selection
from ..books import SILENT, PolicyBook
from ..deadlines import compute
from ..policies import Policy
from ..terms import Deadline, History
from .policies import calendar_rows, policies_at


class UnknownPromise(LookupError):
    """No promise, and no family of promises, has this name at that moment."""


@dataclass(frozen=True)
class Question:
    """What is asked: a promise (T52) or a family of rivals, a start, and for whom (kind, classification, urgency, segment, area, channel).

    Of a family, and of a promise asked about together with attributes, the one that holds for these attributes answers.
    ``anchor_at`` is the agreed or planned moment that some promises count from.
    """

    promise: str
    at: datetime
    attributes: Mapping[str, str] = field(default_factory=dict)
    anchor_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """Which promise answers, its deadline, and how that came about: for staff with versions and calendars, for customers without."""

    policy: Policy
    deadline: Deadline
    for_staff: tuple[str, ...]
    for_customer: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.policy.title(get_language() or "en")

    @property
    def has_number(self) -> bool:
        """Whether this promise gives a moment at all; a rule without a number is only read."""
        return self.deadline.due_at is not None or self.deadline.target_at is not None


def explain(question: Question) -> Answer:
    """The answer by the promises and calendars in force at the start asked about. Raises UnknownPromise."""
    book = policies_at(question.at)
    policy = _which(book, question)
    history = History(question.at, anchor_at=question.anchor_at)
    deadline = compute(book.rule(policy), history)
    names = _names(policy, question.at)
    staff = tuple(explanations.for_staff(deadline.steps, names))
    return Answer(policy, deadline, staff, tuple(explanations.for_customer(deadline.steps)))


def _which(book: PolicyBook, question: Question) -> Policy:
    asked = book.in_force(question.promise)
    family = (asked.family or asked.key) if asked else question.promise
    if asked and (not question.attributes or asked.nature in SILENT):
        return asked
    members = {policy.key: policy for policy in book.policies() if policy.is_active and (policy.family or policy.key) == family}
    rivals = [selection.Rival(one.key, one.family, one.selects, one.length) for one in members.values()]
    chosen = selection.choose(rivals, question.attributes)
    if not chosen:
        raise UnknownPromise(question.promise)
    return members[chosen[0].key]


def _names(policy: Policy, at: datetime) -> dict[str, str]:
    language = get_language() or "en"
    calendars = {row.key: row.titles.get(language) or row.titles.get("en", row.key) for row in calendar_rows(at)}
    return {**calendars, policy.key: f"{policy.key} “{policy.title(language)}”"}
