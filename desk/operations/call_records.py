"""Write a call down: whose it was, what it was about, what became of it. Every call is saved when it ends (T27, DSK-06)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account, User
from casework.operations import Step, amend, move

from ..models import Call
from ..queries.call_orders import cases_made_during
from ..queries.calls import to_forget
from ..states import CALL, RUNNING, CallStatus
from .call_holding import hold_own
from .call_orders import link
from .calls import hang_up


class TypeMissing(Exception):
    """A record says what the call was about."""

    def __init__(self) -> None:
        super().__init__(_("Say what the call was about."))


class StillRinging(Exception):
    """Nobody has spoken yet."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has answered this call yet."))


@dataclass(frozen=True, kw_only=True)
class Record:
    """What an agent writes down. ``is_order_wanted``: an order is to be made of it, now or later."""

    call_type: str
    content: str
    is_solved: bool | None = None
    is_order_wanted: bool = False


@transaction.atomic
def identify(*, call: Call, account: Account | None, by: User, at: datetime) -> Call:
    """Whose call it is; None: of nobody we know. Raises NotYourCall."""
    held = hold_own(call=call, by=by, at=at)
    held.account = account
    held.save(update_fields=["account"])
    return held


@transaction.atomic
def jot(*, call: Call, call_type: str, content: str, by: User, at: datetime) -> Call:
    """What is typed so far, so that nothing is lost when the page is. Raises NotYourCall."""
    held = hold_own(call=call, by=by, at=at)
    if held.status in (*RUNNING, CallStatus.ENDED):
        held.call_type, held.content = call_type, content
        held.save(update_fields=["call_type", "content"])
    return held


@transaction.atomic
def save(*, call: Call, record: Record, by: User, at: datetime) -> Call:
    """The record of a call; one that still runs ends by it. Cases opened during it get the call as a contact.

    Raises NotYourCall, TypeMissing, StillRinging, WrongMove (written down already), StaleRow.
    """
    held = hold_own(call=call, by=by, at=at)
    if held.status == CallStatus.RINGING:
        raise StillRinging
    if not record.call_type:
        raise TypeMissing
    if held.status in RUNNING:
        if record.is_solved:
            amend(held, fields={}, steps=[Step("call.solved", {"owner": held.agent_id})], by=by, at=at)
        held = hang_up(call=held, by=by, at=at)
    kept = {"call_type": record.call_type, "content": record.content.strip(), "is_solved": record.is_solved}
    facts = {"type": record.call_type, "is_solved": record.is_solved, "order_wanted": record.is_order_wanted}
    move(held, CALL, "save", by=by, at=at, fields={**kept, "is_order_wanted": record.is_order_wanted}, owner=held.agent_id, **facts)
    for case in cases_made_during(held, until=at):
        link(call=held, case=case, by=by, at=at)
    return held


def forget_calls(*, at: datetime) -> int:
    """Blank who rang and what was said in calls older than CALLS_KEPT_DAYS; times and types remain. How many."""
    keys = list(to_forget(before=at - timedelta(days=settings.CALLS_KEPT_DAYS)))
    return Call.objects.filter(pk__in=keys).update(caller="", content="", forgotten_at=at)
