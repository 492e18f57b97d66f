"""What happens to a call, as the exchange or the agent tells it. Told twice or out of order it does no harm.

Note [Reality is not refused]
    The exchange reports what has happened: an answer cannot be forbidden any more. So what no longer fits (an answer after the caller
    hung up) is left out instead of refused, and a call first heard of when it is answered begins there.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor, System
from accounts.models import Staff, User
from billing.references import new_reference
from casework.operations import Step, WrongMove, amend, move, open_timeline

from ..models import Call, HotlineLine
from ..queries.calls import facts_of, running_of, silent
from ..seniority import takes_over
from ..states import CALL, CallStatus

_BY = System("hotline")


class NotAsked(Exception):
    """Nobody is put on hold without being asked (DSK-03)."""

    def __init__(self) -> None:
        super().__init__(_("Ask first whether the caller agrees to wait."))


class AlreadyTalking(Exception):
    """One call at a time."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(_("You have a call already: %(reference)s. Write it down first.") % {"reference": reference})


@transaction.atomic
def ring(*, line: HotlineLine, exchange_id: str, caller: str, by: Actor, at: datetime) -> Call:
    """The telephone rings: the three rings (T24) begin. Told again it is the same call."""
    return _known(exchange_id) or _begin(line=line, exchange_id=exchange_id, caller=caller, by=by, at=at)


@transaction.atomic
def answer(*, call: Call, agent: Staff, by: Actor, at: datetime) -> Call:
    """Somebody took the call: they are the first asked. Somebody else's answer a moment later changes nothing."""
    return _follow(call, lambda held: _move(held, "answer", by, at, answered_at=at, agent=agent, first_asked=agent))


@transaction.atomic
def take_by_hand(*, agent: Staff, caller: str, by: User, at: datetime) -> Call:
    """A call that no exchange tells of: it begins with the answer, so nothing is promised about its rings. Raises AlreadyTalking."""
    before = running_of(agent)
    if before is not None:
        raise AlreadyTalking(before.reference)
    return _begin(line=None, exchange_id="", caller=caller, by=by, at=at, agent=agent)


@transaction.atomic
def take_unheard(*, line: HotlineLine, exchange_id: str, caller: str, agent: Staff, by: Actor, at: datetime) -> Call:
    """A call whose ringing never reached us: it begins with the answer."""
    found = _known(exchange_id)
    if found is not None:
        return answer(call=found, agent=agent, by=by, at=at)
    return _begin(line=line, exchange_id=exchange_id, caller=caller, by=by, at=at, agent=agent)


@transaction.atomic
def hold(*, call: Call, is_agreed: bool, by: Actor, at: datetime) -> Call:
    """The caller waits, and was asked before (T26). Raises NotAsked; of the exchange's word see ``note_hold``."""
    if not is_agreed:
        raise NotAsked
    return note_hold(call=call, is_agreed=True, by=by, at=at)


@transaction.atomic
def note_hold(*, call: Call, is_agreed: bool, by: Actor, at: datetime) -> Call:
    """The exchange put the caller on hold; without their word that counts as unasked."""
    unasked = call.holds_unasked + (not is_agreed)
    return _follow(call, lambda held: _move(held, "hold", by, at, held_since=at, holds_unasked=unasked))


@transaction.atomic
def resume(*, call: Call, by: Actor, at: datetime) -> Call:
    """The agent is back: the seconds on hold add up."""
    return _follow(call, lambda held: _move(held, "return", by, at, hold_seconds=_held_until(held, at), held_since=None))


@transaction.atomic
def hang_up(*, call: Call, by: Actor, at: datetime) -> Call:
    """The line is cut: a call nobody had answered is abandoned; else it is to be written down now (T27)."""
    return _follow(call, lambda held: _end(held, by, at))


@transaction.atomic
def join(*, call: Call, staff: Staff, by: User, at: datetime) -> Call:
    """A second one of us is in the call: the senior of the two answers for it from now on."""
    held = _held(call)
    if held.status not in (CallStatus.TALKING, CallStatus.HELD) or held.first_asked is None:
        raise WrongMove("join", held.status, CALL.label_of(held.status))
    roles = accounts.queries.roles_of
    passes = takes_over(roles(staff.user, at), roles(held.first_asked.user, at))
    facts = {"staff": staff.pk, "is_first_asked": passes}
    fields = {"first_asked": staff} if passes else {}
    amend(held, fields=fields, steps=[Step("call.joined", facts)], by=by, at=at)
    return held


def end_silent(*, at: datetime) -> int:
    """End what the exchange began and never ended; how many. By then every promise about it has been kept or broken."""
    return sum(_end_silent(key, at) for key in silent(at=at))


@transaction.atomic
def _end_silent(key: int, at: datetime) -> bool:
    held = Call.objects.select_for_update(no_key=True, of=("self",)).filter(pk=key, exchange_id__gt="").first()
    return held is not None and _end(held, _BY, at, because="exchange_silent") is not None


def _begin(*, line: HotlineLine | None, exchange_id: str, caller: str, by: Actor, at: datetime, agent: Staff | None = None) -> Call:
    facts = facts_of(line, agent)
    step = Step("call.answered", facts) if agent else Step("call.ringing", facts)
    fields = {"agent": agent, "first_asked": agent, "answered_at": at} if agent else {}
    try:
        with transaction.atomic():
            timeline = open_timeline(kind=CALL.kind, steps=[step], by=by, at=at)
            return Call.objects.create(
                reference=new_reference("C"),
                line=line,
                exchange_id=exchange_id,
                caller=caller,
                status=CallStatus.TALKING if agent else CallStatus.RINGING,
                rang_at=at,
                timeline=timeline,
                **fields,
            )
    except IntegrityError:
        # The exchange said it twice at once.
        return Call.objects.get(exchange_id=exchange_id)


def _end(held: Call, by: Actor, at: datetime, because: str = "") -> Call:
    if held.status == CallStatus.RINGING:
        return _move(held, "give_up", by, at, because, ended_at=at)
    return _move(held, "hang_up", by, at, because, ended_at=at, hold_seconds=_held_until(held, at), held_since=None)


def _follow(call: Call, act: Callable[[Call], Call]) -> Call:
    """The act, where it still fits; else the call as it is. See Note [Reality is not refused]."""
    held = _held(call)
    try:
        return act(held)
    except WrongMove:
        return held


def _move(held: Call, verb: str, by: Actor, at: datetime, because: str = "", **fields: Any) -> Call:
    agent = fields.get("agent")
    facts = {"owner": agent.pk if agent else held.agent_id, **({"because": because} if because else {})}
    move(held, CALL, verb, by=by, at=at, fields=fields, **facts)
    return held


def _held(call: Call) -> Call:
    return Call.objects.select_for_update(no_key=True, of=("self",)).select_related("first_asked__user").get(pk=call.pk)


def _held_until(call: Call, at: datetime) -> int:
    waited = int((at - call.held_since).total_seconds()) if call.held_since else 0
    return call.hold_seconds + max(waited, 0)


def _known(exchange_id: str) -> Call | None:
    return Call.objects.filter(exchange_id=exchange_id).first() if exchange_id else None
