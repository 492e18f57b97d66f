"""Write a call down: whose it was, what it was about, what became of it. Every call is saved when it ends (T27, DSK-06)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.models import Account, User
from casework.models import Case, Contact
from casework.operations import NewContact, Step, amend, move, record_contact

from ..models import Call
from ..queries.calls import cases_made_during, order_made_of, to_forget
from ..states import CALL, RUNNING, CallStatus
from .calls import hang_up


class NotYourCall(Exception):
    """A call is written down by who talked, or by a supervisor."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else took this call."))


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
    held = _own(call, by, at)
    held.account = account
    held.save(update_fields=["account"])
    return held


@transaction.atomic
def jot(*, call: Call, call_type: str, content: str, by: User, at: datetime) -> Call:
    """What is typed so far, so that nothing is lost when the page is. Raises NotYourCall."""
    held = _own(call, by, at)
    if held.status in (*RUNNING, CallStatus.ENDED):
        held.call_type, held.content = call_type, content
        held.save(update_fields=["call_type", "content"])
    return held


@transaction.atomic
def save(*, call: Call, record: Record, by: User, at: datetime) -> Call:
    """The record of a call; one that still runs ends by it. Cases opened during it get the call as a contact.

    Raises NotYourCall, TypeMissing, StillRinging, WrongMove (written down already), StaleRow.
    """
    held = _own(call, by, at)
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


@transaction.atomic
def link(*, call: Call, case: Case, by: User, at: datetime) -> None:
    """This case came of this call: the call, with its seconds, is a contact of the case, and no order is awaited any more."""
    held = _own(call, by, at)
    if held.cases.filter(pk=case.pk).exists():
        return
    held.cases.add(case)
    said = NewContact(
        means=Contact.Means.CALL,
        direction=Contact.Direction.IN,
        content=held.content,
        call_type=held.call_type,
        ring_seconds=held.ring_seconds,
        talk_seconds=held.talk_seconds,
        hold_seconds=held.hold_seconds,
    )
    record_contact(case=case, contact=said, by=by, at=at)
    amend(held, fields={"is_order_wanted": False}, steps=[Step("call.linked", {"case": case.reference})], by=by, at=at)


def link_orders(*, at: datetime) -> int:
    """Link the orders that agents made after saving a call; how many. Only of callers we know: a stranger's words go to no other case."""
    waiting = Call.objects.filter(is_order_wanted=True, status=CallStatus.SAVED, account__isnull=False).select_related("agent__user")
    linked = 0
    for call in waiting.order_by("rang_at", "pk"):
        case = order_made_of(call, until=at)
        if case is not None and call.agent is not None:
            link(call=call, case=case, by=call.agent.user, at=at)
            linked += 1
    return linked


@transaction.atomic
def drop_order(*, call: Call, by: User, at: datetime) -> None:
    """No order is to be made of it after all. Raises NotYourCall."""
    held = _own(call, by, at)
    if held.is_order_wanted:
        amend(held, fields={"is_order_wanted": False}, steps=[Step("call.order_dropped")], by=by, at=at)


def forget_calls(*, at: datetime) -> int:
    """Blank who rang and what was said in calls older than CALLS_KEPT_DAYS; times and types remain. How many."""
    keys = list(to_forget(before=at - timedelta(days=settings.CALLS_KEPT_DAYS)))
    return Call.objects.filter(pk__in=keys).update(caller="", content="", forgotten_at=at)


def _own(call: Call, by: User, at: datetime) -> Call:
    staff = accounts.queries.current_staff(by)
    held = Call.objects.select_for_update(no_key=True, of=("self",)).get(pk=call.pk)
    if staff.pk not in (held.agent_id, held.first_asked_id):
        raise NotYourCall
    return held
