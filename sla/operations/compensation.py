"""What a broken promise costs us: decided by its rule once it can grow no more, credited by itself, or exempted with evidence.

The ledger is above this floor: we say on the timeline that money is due, billing posts it and calls ``note_paid``. What turns out not
to be broken is the business of ``taking_back``.
"""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor, System
from accounts.models import User
from casework.models import Attachment, Case
from casework.operations import Step, WrongMove, amend, attach, move, record

from .. import permissions
from ..compensations import CompensationRule
from ..models import Clock, Compensation
from ..queries.policies import policies_at
from ..states import COMPENSATION, CompensationStatus
from . import taking_back

_BY = System("compensation")
BATCH = 200
#: Clocks about which nothing is decided, or whose compensation was withdrawn before they broke their promise after all.
_UNDECIDED = Q(compensation=None) | Q(compensation__status=CompensationStatus.WITHDRAWN)


class NoEvidence(Exception):
    """An exemption names its reason and a file that proves it."""

    def __init__(self) -> None:
        super().__init__(_("Say why it is not owed, and attach what proves it."))


class NoAccountYet(Exception):
    """The case is of no account to which something could be credited."""

    def __init__(self) -> None:
        super().__init__(_("The case has no account yet. Give it one first."))


def follow(*, clocks: Sequence[int], at: datetime) -> int:
    """What it means for compensations that these clocks were written; how many changed. Joins the caller's transaction."""
    return decide(clocks=clocks, at=at) + taking_back.look_again(clocks=clocks, at=at)


def decide(*, clocks: Sequence[int], at: datetime) -> int:
    """Decide about these clocks what is decided once: those that broke their promise and cannot cost more; how many were.

    Joins the caller's transaction.
    """
    book = policies_at(at)
    broken = Clock.objects.filter(_UNDECIDED, pk__in=clocks, due_at__isnull=False).exclude(status=Clock.Status.WITHDRAWN)
    accounts_of = dict(Case.objects.filter(timeline__clocks__in=clocks).values_list("timeline", "account"))
    rows = []
    for clock in broken.only("timeline", "version", "due_at", "started_at", "stopped_at"):
        if _is_decided_elsewhere(clock):
            continue
        rule = CompensationRule.parse(book.version(clock.version_id).compensation)
        row = _row(clock, rule, at)
        if row is not None:
            row.account_id = accounts_of.get(clock.timeline_id)
            rows.append(row)
    fresh = _renew(rows, at)
    Compensation.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(rows)


def _renew(rows: Sequence[Compensation], at: datetime) -> list[Compensation]:
    """Those of clocks that never had one; where one was withdrawn it is owed again, as decided now."""
    ours = {row.clock_id: row for row in rows}
    withdrawn = Compensation.objects.select_for_update(no_key=True).filter(clock__in=ours, status=CompensationStatus.WITHDRAWN)
    for old in withdrawn.order_by("timeline", "pk") if ours else ():
        new = ours.pop(old.clock_id)
        fields = {
            name: getattr(new, name) for name in ("account_id", "amount", "steps", "late", "due_at", "decided_at", "payable_at", "pay_by")
        }
        fields |= {"asked_at": None, "voided_at": None, "void_reason": ""}
        move(old, COMPENSATION, "renew", by=_BY, at=at, fields=fields, compensation=old.pk, amount=new.amount)
    return list(ours.values())


def decide_open(*, at: datetime) -> int:
    """The same for clocks that still run, broken for so long that they cannot cost more; at most BATCH of them."""
    grown = Q()
    for policy in policies_at(at).edition.by_version.values():
        after = CompensationRule.parse(policy.compensation).grown_after() if policy.compensation.get("is_on") else None
        if after is not None:
            # Those that still grow are not even looked at: they would stand before the others for as long as they run.
            grown |= Q(version=policy.version, due_at__lt=at - after)
    if not grown:
        return 0
    late = Clock.objects.filter(grown, _UNDECIDED, status=Clock.Status.RUNNING)
    with transaction.atomic():
        return decide(clocks=list(late.order_by("due_at").values_list("pk", flat=True)[:BATCH]), at=at)


def demand(*, at: datetime) -> int:
    """Say on their timelines which compensations are to be credited now; how many. Each is said once."""
    due = Compensation.objects.filter(status=CompensationStatus.OWED, asked_at=None, payable_at__lte=at, account__isnull=False)
    return sum(_demand(key, at) for key in due.order_by("payable_at").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _demand(key: int, at: datetime) -> bool:
    unsaid = Compensation.objects.select_for_update(no_key=True).filter(pk=key, status=CompensationStatus.OWED, asked_at=None)
    row = unsaid.first()
    if row is None or taking_back.withdraw_if_void(compensation=row, at=at):
        return False
    row.asked_at = at
    row.save(update_fields=["asked_at"])
    facts = {"compensation": row.pk, "clock": row.clock_id, "amount": row.amount}
    record(timeline_id=row.timeline_id, steps=[Step("sla.compensation_due", facts)], by=_BY, at=at)
    return True


@transaction.atomic
def exempt(*, compensation: Compensation, reason: str, evidence: "Attachment | File[bytes] | None", by: User, at: datetime) -> Compensation:
    """It is not owed after all; a file that is no attachment yet is kept with the case.

    Raises Forbidden, NoEvidence, NotTaken for the file, WrongMove once it is credited, StaleRow.
    """
    permissions.check_may_exempt(by, at=at)
    if not reason.strip() or evidence is None:
        raise NoEvidence
    staff = accounts.queries.current_staff(by)
    # Before its timeline, on which the file is recorded: whoever credits it takes them in this order.
    Compensation.objects.select_for_update(no_key=True).get(pk=compensation.pk)
    if isinstance(evidence, File):
        evidence = attach(case=_case_of(compensation), file=evidence, by=by, at=at)
    fields = {"exempted_by": staff, "exemption": reason.strip()[:300], "evidence": evidence}
    move(compensation, COMPENSATION, "exempt", by=by, at=at, fields=fields, compensation=compensation.pk)
    return compensation


def payable(*, compensation: Compensation, at: datetime) -> int:
    """Minor units to be credited at this moment: more when we are late with it."""
    clock = Clock.objects.only("version").get(pk=compensation.clock_id)
    rule = CompensationRule.parse(policies_at(at).version(clock.version_id).compensation)
    return rule.payable(compensation.amount, is_late=at > compensation.pay_by)


@transaction.atomic
def note_paid(*, compensation: Compensation, amount: int, by: Actor, at: datetime) -> Compensation:
    """It stands in the ledger. Raises WrongMove when it was exempted or credited already, StaleRow."""
    facts = {"compensation": compensation.pk, "amount": amount}
    move(compensation, COMPENSATION, "pay", by=by, at=at, fields={"paid_at": at, "paid": amount}, **facts)
    return compensation


@transaction.atomic
def name_account(*, compensation: Compensation, by: User, at: datetime) -> Compensation:
    """Take over the account that the case was given later. Raises Forbidden, NoAccountYet, WrongMove once it is not owed, StaleRow."""
    permissions.check_may_exempt(by, at=at)
    if compensation.status != CompensationStatus.OWED:
        raise WrongMove("name_account", compensation.status, COMPENSATION.label_of(compensation.status))
    account = Case.objects.filter(timeline=compensation.timeline_id).values_list("account", flat=True).first()
    if account is None:
        raise NoAccountYet
    step = Step("compensation.account_named", {"compensation": compensation.pk})
    amend(compensation, fields={"account_id": account}, steps=[step], by=by, at=at)
    return compensation


def _case_of(compensation: Compensation) -> Case:
    case = Case.objects.filter(timeline=compensation.timeline_id).first()
    if case is None:
        raise NoEvidence
    return case


def _is_decided_elsewhere(clock: Clock) -> bool:
    """Whether this is the clock of a case that was merged into this one, and what it broke has its price already."""
    timelines, merged = {clock.timeline_id}, {clock.timeline_id}
    while merged:
        merged = set(Case.objects.filter(merged_into__timeline__in=merged).values_list("timeline", flat=True)) - timelines
        timelines |= merged
    before = Compensation.objects.filter(timeline__in=timelines - {clock.timeline_id}, clock__stopped_by="case.merged")
    before = before.exclude(status=CompensationStatus.WITHDRAWN)
    return before.filter(clock__started_at=clock.started_at, clock__version=clock.version_id).exists()


def _row(clock: Clock, rule: CompensationRule, at: datetime) -> Compensation | None:
    assert clock.due_at is not None
    late = (clock.stopped_at or at) - clock.due_at
    amount = rule.owed(late)
    if not amount or (clock.stopped_at is None and rule.can_grow(late)):
        return None
    return Compensation(
        clock=clock,
        timeline_id=clock.timeline_id,
        amount=amount,
        steps=rule.amends.steps(late),
        late=int(late.total_seconds()),
        due_at=clock.due_at,
        decided_at=at,
        payable_at=at + rule.hold,
        pay_by=at + rule.pay_within,
    )
