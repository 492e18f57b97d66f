"""Write the book of promises: a change is a new version with a day to come, or a draft. What is in force is never edited."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import GRANTS, Role, Verb

from .. import permissions
from ..amends import BadAmends
from ..compensations import CompensationRule
from ..extensions import BadTerms, Terms
from ..limits import BadLimit
from ..models import CalendarVersion, Nature, Promise, PromiseVersion
from ..models.promise import CONTENT
from ..patterns import BadPattern
from ..policies import Policy, nominal_length
from ..queries.policies import policy_of
from ..roster import OWNER
from ..selection import UnknownDimension
from ..terms import BadReading, BadRung, Rung
from .editions import turn_page

_SENTENCES: Mapping[str, str | Lazy] = {
    "limit": _("This is no time limit we know. Write for instance PT4H, P3D, P1WD or COB."),
    "pattern": _("An event cannot be read. Write for instance repair.ordered or case.contacted?by=human."),
    "selects": _("Promises are chosen by kind, class, urgency, segment, area and channel only."),
    "ladder": _("A rung cannot be read. Write for instance 80%=supervisor or -PT30M=owner; the role must be one of ours."),
    "readings": _("One of the readings does not exist."),
    "compensation": _("A compensation needs an amount; a step is a length like PT24H."),
    "extension": _(
        "More time is allowed at least once, up to a share in percent or a total like P10D; each approver takes a different share."
    ),
    "approver": _(
        "Somebody named as approver may not decide about more time. Heads of halls, supervisors, branch managers and head office may."
    ),
    "calendar": _("There is no such calendar."),
    "owner": _("There is no such role."),
    "number": _("A clock needs a target or a limit."),
    "order": _("The target must be shorter than the limit."),
    "safety": _("A safety clock is never paused and never extended."),
    "reason": _("Say why, so that the next person understands."),
    "past": _("A new version begins now or later: what has been promised stays as it was."),
    "taken": _("Another version of this promise begins at the same moment."),
    "same": _("This is what the promise says already."),
    "dated": _("This version has a date already. Write a new one instead."),
}


#: Roles whose holders may decide about more time.
DECIDERS = frozenset(role for role, verbs in GRANTS.items() if Verb.APPROVE_EXTENSIONS in verbs)


class BadPromise(Exception):
    """The version cannot be written; ``code`` says which part of it, str() is the sentence for the reader."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(str(_SENTENCES[code]))


@dataclass(frozen=True, kw_only=True)
class NewVersion:
    """What is to be different from the newest version (names of models.promise.CONTENT), from when on (None: a draft) and why."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    effective_from: datetime | None
    reason: str


@transaction.atomic
def write_version(*, promise: Promise, new: NewVersion, by: Actor, at: datetime) -> PromiseVersion:
    """The next version of a promise; open clocks keep theirs. Raises Forbidden, BadPromise."""
    permissions.check_may_edit_promises(by, at=at)
    promise = Promise.objects.select_for_update(no_key=True).get(pk=promise.pk)
    newest = promise.versions.order_by("-number").first()
    row = PromiseVersion(promise=promise, number=newest.number + 1 if newest else 1)
    for name in CONTENT:
        setattr(row, name, new.changes.get(name, getattr(newest or row, name)))
    if newest and newest.effective_from and all(getattr(row, name) == getattr(newest, name) for name in CONTENT):
        raise BadPromise("same")
    row.effective_from, row.reason = new.effective_from, new.reason.strip()[:200]
    row.written_by, row.written_at = by.actor_label, at
    _check_circumstances(row, at)
    check_content(row)
    row.save(force_insert=True)
    turn_page()
    return row


@transaction.atomic
def date_version(*, version: PromiseVersion, effective_from: datetime, by: Actor, at: datetime) -> PromiseVersion:
    """Let a draft come into force. Raises Forbidden, BadPromise."""
    permissions.check_may_edit_promises(by, at=at)
    Promise.objects.select_for_update(no_key=True).get(pk=version.promise_id)
    draft = PromiseVersion.objects.get(pk=version.pk)
    if draft.effective_from is not None:
        raise BadPromise("dated")
    draft.effective_from = effective_from
    _check_circumstances(draft, at)
    draft.save(update_fields=["effective_from"])
    turn_page()
    return draft


@transaction.atomic
def discard_draft(*, version: PromiseVersion, by: Actor, at: datetime) -> None:
    """Throw a draft away: it never held. Raises Forbidden, BadPromise for a version that has a date."""
    permissions.check_may_edit_promises(by, at=at)
    if not PromiseVersion.objects.filter(pk=version.pk, effective_from=None).delete()[0]:
        raise BadPromise("dated")
    turn_page()


def check_content(row: PromiseVersion) -> None:
    """What a version says can be carried out. Raises BadPromise."""
    policy = _readable(row)
    if row.promise.nature not in {Nature.RULE, Nature.GATE} and policy.target is None and policy.limit is None:
        raise BadPromise("number")
    if policy.target and policy.limit and nominal_length(policy.target) > nominal_length(policy.limit):
        raise BadPromise("order")
    if row.is_safety and (row.pauses_on or row.extension.get("is_allowed")):
        raise BadPromise("safety")
    _check_compensation(row)
    _check_extension(row)
    if row.owner and row.owner not in Role:
        raise BadPromise("owner")
    if not CalendarVersion.objects.filter(key=row.calendar).exists():
        raise BadPromise("calendar")


def _check_compensation(row: PromiseVersion) -> None:
    try:
        # What the engine pays by: one rule that it cannot read would hold up all the others.
        CompensationRule.parse(row.compensation)
    except BadAmends:
        raise BadPromise("compensation") from None


def _check_extension(row: PromiseVersion) -> None:
    try:
        terms = Terms.checked(row.extension)
    except BadTerms:
        raise BadPromise("extension") from None
    if not all(role in DECIDERS for _percent, role in terms.approvers):
        raise BadPromise("approver")


def _readable(row: PromiseVersion) -> Policy:
    try:
        policy = policy_of(row)
    except tuple(_UNREADABLE) as bad:
        raise BadPromise(_UNREADABLE[type(bad)]) from bad
    return _with_known_rungs(policy)


def _with_known_rungs(policy: Policy) -> Policy:
    try:
        known = all((Rung(step.rung), step.role == OWNER or step.role in Role)[1] for step in policy.ladder)
    except BadRung:
        known = False
    if not known:
        raise BadPromise("ladder")
    return policy


_UNREADABLE: Mapping[type[Exception], str] = {
    BadLimit: "limit",
    BadPattern: "pattern",
    UnknownDimension: "selects",
    BadReading: "readings",
}


def _check_circumstances(row: PromiseVersion, at: datetime) -> None:
    if not row.reason:
        raise BadPromise("reason")
    if row.effective_from is None:
        return
    if row.number > 1 and row.effective_from < at:
        raise BadPromise("past")
    if PromiseVersion.objects.filter(promise=row.promise_id, effective_from=row.effective_from).exclude(pk=row.pk).exists():
        raise BadPromise("taken")
