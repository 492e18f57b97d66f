"""What provider, ledger and delivery do not agree about: found once, taken on by somebody, settled when they agree again."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.actors import Actor, System
from accounts.models import Staff
from casework.operations import Step, amend, move, open_timeline

from .. import permissions, references
from ..models import Break
from ..queries.agreement import agrees
from ..queries.breaks import came_to_nothing
from ..queries.matching import Fault
from ..states import BREAK, BreakStatus

BY = System("reconciliation")


@transaction.atomic
def note_break(*, fault: Fault, by: Actor = BY, at: datetime) -> Break | None:
    """Open what was found; None for what was found before, however it ended, or is being found by somebody else at this moment."""
    if Break.objects.filter(key=fault.key).exists():
        return None
    try:
        with transaction.atomic():
            return _open(fault, by, at)
    except IntegrityError:
        if not Break.objects.filter(key=fault.key).exists():
            raise
        return None


def _open(fault: Fault, by: Actor, at: datetime) -> Break:
    facts = {"what": fault.kind.value, "provider": fault.provider, "day": fault.day.isoformat(), "there": fault.there, "here": fault.here}
    return Break.objects.create(
        reference=references.new_reference("K"),
        status=BreakStatus.OPEN,
        found_at=at,
        timeline=open_timeline(kind=BREAK.kind, steps=[Step("break.found", facts)], by=by, at=at),
        **vars(fault),
    )


@transaction.atomic
def take_on(*, found: Break, staff: Staff, by: Actor, at: datetime) -> Break:
    """From now on it is this person's to settle. Raises Forbidden, StaleRow."""
    permissions.check_may_reconcile(by, at=at)
    if found.owner_id != staff.pk:
        amend(found, fields={"owner": staff}, steps=[Step("break.taken_on", {"owner": staff.pk})], by=by, at=at)
    return found


def settle(found: Break, *, because: str, by: Actor, at: datetime, **columns: object) -> None:
    """It is over, in the caller's transaction: ``because`` says how, in a word. Raises WrongMove, StaleRow."""
    move(found, BREAK, "settle", by=by, at=at, fields={"ended_at": at, **columns}, because=because)


def look_again(*, at: datetime) -> int:
    """Settle every break about which the three agree by now, and hand back what came to nothing; how many were settled."""
    settled = 0
    for pk in Break.objects.exclude(status=BreakStatus.SETTLED).order_by("pk").values_list("pk", flat=True):
        settled += _look_at(pk, at)
    return settled


@transaction.atomic
def _look_at(pk: int, at: datetime) -> bool:
    rows = Break.objects.select_for_update(no_key=True, of=("self",)).select_related("line", "payment", "refund", "top_up")
    found = rows.exclude(status=BreakStatus.SETTLED).filter(pk=pk).first()
    if found is None:
        return False
    if agrees(found):
        settle(found, because="agrees", by=BY, at=at)
        return True
    if found.status == BreakStatus.UNDER_WAY and came_to_nothing(found):
        move(found, BREAK, "come_back", by=BY, at=at)
    return False
