"""What the telephone exchange tells, word by word (CTI): each becomes one act on a call. Told twice it does no harm."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Staff

from ..call_times import moment_of
from ..models import Call
from . import calls, hotline_lines


class UnknownAgent(Exception):
    """No agent has this number."""

    def __init__(self) -> None:
        super().__init__(_("Nobody who works here has this staff number."))


class UnknownCall(Exception):
    """The exchange speaks of the middle of a call whose beginning it never told."""

    def __init__(self) -> None:
        super().__init__(_("This call was not heard of before: tell that it rings, or who answered it."))


@dataclass(frozen=True, kw_only=True)
class Word:
    """One event of the exchange. ``at`` is its own clock's moment; ``is_agreed``: the caller was asked before the hold."""

    event: str
    call: str
    line: str
    caller: str = ""
    agent: str = ""
    at: datetime | None = None
    is_agreed: bool = False


@transaction.atomic
def hear_word(*, word: Word, by: Actor, at: datetime) -> Call:
    """Follow the exchange. Raises UnknownAgent, UnknownCall."""
    found = Call.objects.filter(exchange_id=word.call).first()
    when = moment_of(word.at, now=at, since=_latest(found))
    if word.event == "ringing":
        line = hotline_lines.ensure_line(number=word.line, by=by, at=at)
        return calls.ring(line=line, exchange_id=word.call, caller=word.caller, by=by, at=when)
    if word.event == "answered":
        return _answered(word, found, by, when, at)
    if found is None:
        raise UnknownCall
    return _ACTS[word.event](found, word, by, when)


def _answered(word: Word, found: Call | None, by: Actor, when: datetime, at: datetime) -> Call:
    agent = Staff.objects.select_related("user").filter(number=word.agent, left_at=None, user__is_active=True).first()
    if agent is None:
        raise UnknownAgent
    if found is not None:
        return calls.answer(call=found, agent=agent, by=by, at=when)
    line = hotline_lines.ensure_line(number=word.line, by=by, at=at)
    return calls.take_unheard(line=line, exchange_id=word.call, caller=word.caller, agent=agent, by=by, at=when)


def _latest(call: Call | None) -> datetime | None:
    """Nothing that follows can have been before this."""
    return max(filter(None, (call.rang_at, call.answered_at, call.held_since))) if call else None


_ACTS: Mapping[str, Callable[[Call, Word, Actor, datetime], Call]] = {
    "held": lambda call, word, by, at: calls.note_hold(call=call, is_agreed=word.is_agreed, by=by, at=at),
    "resumed": lambda call, _word, by, at: calls.resume(call=call, by=by, at=at),
    "ended": lambda call, _word, by, at: calls.hang_up(call=call, by=by, at=at),
}
EVENTS = ("ringing", "answered", *_ACTS)
