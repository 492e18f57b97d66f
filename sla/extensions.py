"""How much more time may be asked for, and who decides about it. Pure.

A policy's ``extension`` says: ``is_allowed``; ``times``, how often; ``share``, the most in percent of the first limit (0: no such
cap); ``total``, a limit code for the whole time from the start (the other cap); ``approvers``, pairs of percent and role, the
smallest percent that reaches deciding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .algebra import MAY_EXTEND
from .deadlines import compute
from .limits import BadLimit, parse
from .terms import Deadline, Extension, History, Rule


class BadTerms(ValueError):
    """The rules about more time cannot be read; str() names the part at fault."""


@dataclass(frozen=True)
class Terms:
    """A policy's ``extension``, read."""

    is_allowed: bool
    times: int = 1
    share: int = 0
    total: str = ""
    approvers: Sequence[tuple[int, str]] = ()

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> "Terms":
        """Absent names as usual; what is not named as allowed is not."""
        approvers = tuple((int(percent), str(role)) for percent, role in raw.get("approvers", ()))
        return cls(
            is_allowed=bool(raw.get("is_allowed")),
            times=int(raw.get("times", 1)),
            share=int(raw.get("share", 0)),
            total=str(raw.get("total", "")),
            approvers=tuple(sorted(approvers)),
        )

    @classmethod
    def checked(cls, raw: Mapping[str, Any]) -> "Terms":
        """The same of what somebody wrote. Raises BadTerms."""
        try:
            terms = cls.parse(raw)
        except (TypeError, ValueError) as bad:
            raise BadTerms("approvers") from bad
        if terms.times < 1:
            raise BadTerms("times")
        if terms.share < 0:
            raise BadTerms("share")
        if terms.total and not _can_be_lengthened(terms.total):
            raise BadTerms("total")
        percents = [percent for percent, _role in terms.approvers]
        if len(set(percents)) < len(percents) or any(percent < 1 for percent in percents):
            raise BadTerms("approvers")
        return terms

    def approver(self, percent: int) -> str:
        """Who decides about so much more time, in percent of the first limit; the highest of all beyond the last step."""
        return next(
            (role for most, role in self.approvers if percent <= most), self.approvers[-1][1] if self.approvers else "branch_manager"
        )


def _can_be_lengthened(code: str) -> bool:
    try:
        return parse(code).kind in MAY_EXTEND
    except BadLimit:
        return False


@dataclass(frozen=True)
class Measure:
    """A wish measured: in percent of the first limit, and the latest moment the policy allows (None: any)."""

    percent: int
    latest: datetime | None


def measure(terms: Terms, rule: Rule, history: History, until: datetime) -> Measure:
    """How long a wish is by the clock's own time, and how far it could go."""
    first = compute(rule, _without_extensions(history))
    if first.due_at is None or not first.budget or first.course is None:
        return Measure(100, None)
    more = first.course.counting.elapsed(first.due_at, until)
    return Measure(-(-more * 100 // first.budget), _latest(terms, rule, history, first))


def _latest(terms: Terms, rule: Rule, history: History, first: Deadline) -> datetime | None:
    if terms.total:
        whole = Extension(history.started_at, code=terms.total, reading="total")
        return compute(rule, _with(_without_extensions(history), whole)).due_at
    if not terms.share or first.course is None or first.due_at is None or first.budget is None:
        return None
    most: timedelta = first.budget * terms.share / 100
    return first.course.counting.add(first.due_at, most)


def _without_extensions(history: History) -> History:
    return History(history.started_at, history.pauses, (), history.legs, history.anchor_at, event=history.event)


def _with(history: History, extension: Extension) -> History:
    return History(history.started_at, history.pauses, (extension,), history.legs, history.anchor_at, event=history.event)
