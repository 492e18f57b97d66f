"""More time for one promise: asked for with a reason, decided by who may for that length, told to the customer, counted apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

import accounts.queries
from accounts.models import User
from casework.models import Attachment, Timeline
from casework.operations import Step, move, record

from .. import algebra, permissions
from ..extensions import Terms, measure
from ..models import Clock, Compensation, Extension
from ..queries.histories import Running, read_clock
from ..queries.policies import policies_at
from ..states import EXTENSION, ExtensionStatus
from ..terms import Extension as MoreTime

_SENTENCES: dict[str, str | Lazy] = {
    "safety": _("A safety promise is never extended."),
    "not_allowed": _("This promise cannot be extended."),
    "times": _("This promise has been extended as often as its rules allow."),
    "too_far": _("So much more time is not allowed for this promise."),
    "too_late": _("The promise is broken already; more time would only hide it."),
    "ended": _("This clock has ended."),
    "not_longer": _("The new moment is not later than the one that holds."),
    "explanation": _("Explain why it cannot be done in time."),
    "sentence": _("Say in a sentence why you refuse; whoever asked will read it."),
    "asked": _("Somebody has asked for more time already, and nobody has decided yet."),
    "waiting": _("The clock waits; ask for more time once it runs again."),
}


class NoMoreTime(Exception):
    """The wish cannot be granted or even asked; ``code`` says which rule stands against it, str() is the sentence for the reader."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(str(_SENTENCES[code]))


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Until when, and why: a reason to count by, an explanation to read, a file that proves it if there is one."""

    due_at: datetime
    reason: str
    explanation: str
    evidence: Attachment | None = None


@transaction.atomic
def ask_for_time(*, clock: Clock, wish: Wish, by: User, at: datetime) -> Extension:
    """Ask for more time before the limit has passed. Raises Forbidden, NotStaff, NoMoreTime."""
    permissions.check_may_ask(by, at=at)
    staff = accounts.queries.current_staff(by)
    if not wish.explanation.strip():
        raise NoMoreTime("explanation")
    running = _lock(clock, at)
    approver, was_due_at = _check(running, wish.due_at, at), running.clock.due_at
    if was_due_at is None:
        raise NoMoreTime("not_allowed")
    row = Extension.objects.create(
        clock=running.clock,
        timeline_id=running.clock.timeline_id,
        reason=wish.reason,
        explanation=wish.explanation.strip()[:500],
        evidence=wish.evidence,
        due_at=wish.due_at,
        was_due_at=was_due_at,
        approver_role=approver,
        asked_by=staff,
        asked_at=at,
    )
    record(timeline_id=row.timeline_id, steps=[Step("extension.ask", _facts(row))], by=by, at=at)
    return row


@transaction.atomic
def approve_extension(*, extension: Extension, decision: str = "", by: User, at: datetime) -> Extension:
    """Grant it: the clock is due at the new moment from now on. Raises Forbidden, NoMoreTime, WrongMove, StaleRow."""
    running = _lock(extension.clock, at)
    permissions.check_may_decide(by, extension, at=at)
    _try(running, MoreTime(at, until=extension.due_at))
    _decide(extension, "approve", decision, by, at)
    record(timeline_id=extension.timeline_id, steps=[Step("case.extended", _facts(extension))], by=by, at=at)
    return extension


@transaction.atomic
def refuse_extension(*, extension: Extension, decision: str, by: User, at: datetime) -> Extension:
    """The clock runs on as it was; say why. Raises Forbidden, NoMoreTime, WrongMove, StaleRow."""
    permissions.check_may_decide(by, extension, at=at)
    if not decision.strip():
        raise NoMoreTime("sentence")
    _hold(extension.timeline_id)
    _decide(extension, "refuse", decision, by, at)
    return extension


@transaction.atomic
def withdraw_extension(*, extension: Extension, by: User, at: datetime) -> Extension:
    """Whoever asked thinks better of it, or the clock has ended. Raises Forbidden, WrongMove, StaleRow."""
    permissions.check_may_ask(by, at=at)
    _hold(extension.timeline_id)
    _decide(extension, "withdraw", "", by, at)
    return extension


@transaction.atomic
def forget_words(*, timeline: int) -> None:
    """Blank what people wrote of one matter, about more time and about what was not owed; moments and codes remain."""
    Extension.objects.filter(timeline=timeline).update(explanation="", decision="")
    Compensation.objects.filter(timeline=timeline).update(exemption="")


def _hold(timeline: int) -> None:
    """The timeline before the wish, always: two who decide at once follow one another (docs/decisions/0014)."""
    Timeline.objects.select_for_update(no_key=True).get(pk=timeline)


def _lock(clock: Clock, at: datetime) -> Running:
    """The clock as it is now, its timeline held."""
    _hold(clock.timeline_id)
    return read_clock(Clock.objects.get(pk=clock.pk), policies_at(at))


def _check(running: Running, until: datetime, at: datetime) -> str:
    """The role that decides about it. Raises NoMoreTime."""
    terms = Terms.parse(running.policy.extension)
    clock = running.clock
    if running.rule.is_safety:
        raise NoMoreTime("safety")
    if not terms.is_allowed:
        raise NoMoreTime("not_allowed")
    wishes = clock.wishes.values_list("status", flat=True)
    if ExtensionStatus.ASKED in wishes:
        raise NoMoreTime("asked")
    if sum(status == ExtensionStatus.APPROVED for status in wishes) >= terms.times:
        raise NoMoreTime("times")
    _try(running, MoreTime(at, until=until))
    measured = measure(terms, running.rule, running.history, until)
    if measured.latest is not None and until > measured.latest:
        raise NoMoreTime("too_far")
    return terms.approver(measured.percent)


def _try(running: Running, more: MoreTime) -> None:
    if running.history.is_paused:
        raise NoMoreTime("waiting")
    try:
        algebra.extend(running.rule, running.history, more)
    except tuple(_REFUSALS) as refusal:
        raise NoMoreTime(_REFUSALS[type(refusal)]) from refusal


_REFUSALS: dict[type[Exception], str] = {
    algebra.SafetyClock: "safety",
    algebra.TooLate: "too_late",
    algebra.AlreadyEnded: "ended",
    algebra.NotLonger: "not_longer",
}


def _decide(extension: Extension, verb: str, decision: str, by: User, at: datetime) -> None:
    staff = accounts.queries.current_staff(by)
    fields = {"decided_by": staff, "decided_at": at, "decision": decision.strip()[:300]}
    move(extension, EXTENSION, verb, by=by, at=at, fields=fields, **_facts(extension))


def _facts(extension: Extension) -> dict[str, Any]:
    clock = extension.clock
    return {"extension": extension.pk, "clock": clock.pk, "promise": clock.promise_id, "reason": extension.reason}
