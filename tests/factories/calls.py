"""Calls to the hotline, made by what happens to them."""

from desk.operations import calls, hotline_lines
from desk.operations.exchange import Word, hear_word
from tests.conftest import NOW

LINE = "0539-3617087"


def line(by, *, at=NOW):
    """The hotline's number."""
    return hotline_lines.ensure_line(number=LINE, by=by, at=at)


def rings(by, *, at=NOW, call="pbx-1", caller="+8613800138000"):
    """Somebody rings the hotline."""
    return calls.ring(line=line(by, at=at), exchange_id=call, caller=caller, by=by, at=at)


def told(by, event, *, at=NOW, call="pbx-1", **more):
    """What the exchange says of that call."""
    return hear_word(word=Word(event=event, call=call, line=LINE, **more), by=by, at=at)
