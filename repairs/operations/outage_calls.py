"""Ring priority customers about an interruption: a message is not enough for them. Tried again until somebody answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor
from accounts.models import Account
from casework.operations import Step, record

from .. import outage_permissions
from ..models import CallTask, Outage
from ..queries.outage_messages import accounts_given_up
from .outage_refusals import BadPlan, CallTaken

#: Added at once; whoever has rung these adds the next.
_MOST = 500


def make_calls(*, outage: Outage, accounts: Sequence[Account], at: datetime) -> None:
    """A call to each of these, once per interruption however often it is asked for."""
    CallTask.objects.bulk_create(
        [CallTask(outage=outage, account=account, made_at=at, next_at=at) for account in accounts], ignore_conflicts=True
    )


@transaction.atomic
def ring_missed(*, outage: Outage, by: Actor, at: datetime) -> int:
    """Ring those besides whose messages were given up; how many there are. Raises Forbidden, BadPlan once it is over."""
    outage_permissions.check_may_ring(by, at=at)
    if outage.is_over:
        raise BadPlan("note", _("It is over: nobody need ring any more."))
    known = outage.call_tasks.values("account")
    missed = list(accounts_given_up(outage).exclude(pk__in=known).order_by("pk")[:_MOST])
    make_calls(outage=outage, accounts=missed, at=at)
    if missed:
        record(timeline_id=outage.timeline_id, steps=[Step("outage.calls_added", {"count": len(missed)})], by=by, at=at)
    return len(missed)


@transaction.atomic
def record_call(*, task: CallTask, result: str, note: str, by: Actor, at: datetime) -> CallTask:
    """Write down what came of a call. Nobody there: it is tried again after a pause, as often as the setting says.

    ``task`` as it was read: of two people who rang at once, the second is told. Raises Forbidden, CallTaken, BadPlan.
    """
    outage_permissions.check_may_ring(by, at=at)
    if result not in {CallTask.Result.REACHED, CallTask.Result.NOT_REACHED}:
        raise BadPlan("result", result)
    attempts = task.attempts + 1
    is_done = result == CallTask.Result.REACHED or attempts >= settings.OUTAGE_CALL_TRIES
    staff = casework.queries.staff_behind(by)
    fields = {
        "attempts": attempts,
        "note": note.strip()[:300],
        "result": result if is_done else "",
        "next_at": None if is_done else at + timedelta(minutes=settings.OUTAGE_CALL_AGAIN_MINUTES),
        "done_at": at if is_done else None,
        "done_by": staff,
    }
    if not CallTask.objects.filter(pk=task.pk, attempts=task.attempts, result="").update(**fields):
        raise CallTaken
    step = Step("outage.called", {"call": task.pk, "result": result, "attempts": attempts})
    record(timeline_id=task.outage.timeline_id, steps=[step], by=by, at=at)
    task.refresh_from_db()
    return task


def ring_again(*, outage: Outage) -> None:
    """The plan is another one: whoever was rung is rung again, in the caller's transaction."""
    outage.call_tasks.exclude(result=CallTask.Result.NOT_NEEDED).update(result="", done_at=None, attempts=0, next_at=None)


def forget_account(*, account: int) -> None:
    """A matter of this account is erased: what was noted when its customer was rung goes too; that they were rung stays."""
    CallTask.objects.filter(account=account).exclude(note="").update(note="")


def forget_old_notes(*, at: datetime) -> int:
    """Blank what was noted more than MESSAGE_WORDS_DAYS ago, as the words of messages are; how many. Nothing where the setting is 0."""
    if not settings.MESSAGE_WORDS_DAYS:
        return 0
    old = CallTask.objects.filter(done_at__lt=at - timedelta(days=settings.MESSAGE_WORDS_DAYS))
    return old.exclude(note="").update(note="")


def close_calls(*, outage: Outage, at: datetime) -> None:
    """Nobody need ring any more, in the caller's transaction."""
    outage.call_tasks.filter(result="").update(result=CallTask.Result.NOT_NEEDED, done_at=at)
