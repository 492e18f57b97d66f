"""When would it be due? The engine's own answer to a question about something that has not happened, with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import Hall

from .. import explanations, naming, selection
from ..amends import Amends
from ..books import SILENT, PolicyBook
from ..deadlines import compute
from ..policies import Policy
from ..terms import Deadline, History
from .policies import policies_at
from .reasons import names_at

#: The years a question may be about: before and after, calendars know nothing and arithmetic ends.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class UnknownPromise(LookupError):
    """No promise, and no family of promises, has this name at that moment; or none of it is for these attributes."""


class UnknownHall(LookupError):
    """No hall has this code."""


class OutOfReach(ValueError):
    """The moment asked about lies in a year of which nothing can be said."""

    def __init__(self) -> None:
        super().__init__(_("Name moments of this century; of others the calendars know nothing."))


@dataclass(frozen=True)
class Question:
    """What is asked: a promise (T52) or a family of rivals, a start, and for whom (kind, classification, urgency, segment, area, channel).

    Of a family, and of a promise asked about together with attributes, the one that holds for these attributes answers. What is
    left out is then taken as the promise asked about has it: T52, an ordinary fault in town, with area=rural is an ordinary
    fault in the country.
    ``anchor_at`` is the agreed or planned moment that some promises count from, ``hall`` the code of the hall whose hours count.
    """

    promise: str
    at: datetime
    attributes: Mapping[str, str] = field(default_factory=dict)
    anchor_at: datetime | None = None
    hall: str = ""


@dataclass(frozen=True)
class Telling:
    """One rung of the ladder with its moment; ``when`` and ``who`` are rung and role in words."""

    rung: str
    role: str
    at: datetime
    when: str
    who: str


@dataclass(frozen=True)
class Answer:
    """Which promise answers, its deadline, and how that came about: for staff with versions and calendars, for customers without."""

    policy: Policy
    deadline: Deadline
    for_staff: tuple[str, ...]
    for_customer: tuple[str, ...]

    @property
    def title(self) -> str:
        return naming.title(self.policy)

    @property
    def tellings(self) -> list[Telling]:
        """Who would be told, in the order of the moments."""
        found = []
        for step, (when, who) in zip(self.policy.ladder, naming.rungs(self.policy.ladder), strict=True):
            if (moment := self.deadline.rungs.get(step.rung)) is not None:
                found.append(Telling(step.rung, step.role, moment, when, who))
        return sorted(found, key=lambda telling: telling.at)

    def cost(self, late: timedelta) -> int:
        """What breaking it by so much costs by its rule, in minor units, whether compensation is switched on or not."""
        return Amends.parse(self.policy.compensation).owed(late)

    @property
    def has_number(self) -> bool:
        """Whether this promise gives a moment at all; a rule without a number is only read."""
        return self.deadline.due_at is not None or self.deadline.target_at is not None


def explain(question: Question) -> Answer:
    """The answer by the promises and calendars in force at the start asked about. Raises UnknownPromise, UnknownHall, OutOfReach."""
    if any(moment and not FIRST_YEAR <= moment.year < LAST_YEAR for moment in (question.at, question.anchor_at)):
        raise OutOfReach
    book = policies_at(question.at)
    policy = _which(book, question)
    history = History(question.at, anchor_at=question.anchor_at)
    deadline = compute(book.rule(policy, hall=_hall(question.hall)), history)
    staff = tuple(explanations.for_staff(deadline.steps, names_at(question.at)))
    return Answer(policy, deadline, staff, tuple(explanations.for_customer(deadline.steps)))


def _hall(code: str) -> int | None:
    if not code:
        return None
    found = Hall.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise UnknownHall(code)
    return found


def _which(book: PolicyBook, question: Question) -> Policy:
    asked = book.in_force(question.promise)
    family = (asked.family or asked.key) if asked else question.promise
    if asked and (not question.attributes or asked.nature in SILENT):
        return asked
    members = {policy.key: policy for policy in book.policies() if policy.is_active and (policy.family or policy.key) == family}
    rivals = [selection.Rival(one.key, one.family, one.selects, one.length) for one in members.values()]
    usual = {name: min(values) for name, values in asked.selects.items()} if asked else {}
    chosen = selection.choose(rivals, {**usual, **question.attributes})
    if not chosen:
        raise UnknownPromise(question.promise)
    return members[chosen[0].key]
