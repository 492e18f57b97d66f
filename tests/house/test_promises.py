"""Every promise has somebody who tells its clock to start and to stop, or stands here with the room that will."""

import ast

import pytest
from django.conf import settings

from casework import kinds
from config import diagrams
from sla import book_files, patterns
from tests.house import sources

#: Promise -> the room that will record what its clock waits for. This table only shrinks.
WAITING = {
    **dict.fromkeys(["T01", "T02"], "desk: the queue and its visits"),
    "T03": "billing: the online shop",
    **dict.fromkeys(["T12", "T13", "T19", "T93"], "fieldwork"),
    **dict.fromkeys(["T14", "T15", "T69", "T87"], "complaints"),
    **dict.fromkeys(["T88", "T89"], "complaints: the virtual reception"),
    **dict.fromkeys(["T17", "T18", "T22", "T43", "T44", "T47", "T48", "T49", "T50", "T51"], "connections"),
    **dict.fromkeys(["T23", "T24", "T25", "T27"], "desk: the hotline"),
    "T32": "notices: announcements",
    "T46": "callbacks",
    "T84": "notices: news and knowledge",
    **dict.fromkeys(["T94", "T97"], "fieldwork: paid services"),
}
ROWS = [row for row in book_files.promises(settings.PROMISES) if row.promise["nature"] != "rule"]


def recorded_verbs():
    """Every verb that the code records: steps written out, and moves of a lifecycle with what they tell."""
    found = set()
    for tree in sources.modules(with_tools=False).values():
        constants = {
            node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for name, node in sources.calls(tree):
            if name.split(".")[-1] == "Step" and node.args:
                first = node.args[0]
                first = constants.get(first.id, first) if isinstance(first, ast.Name) else first
                found.add(first.value if isinstance(first, ast.Constant) else None)
    for _app, lifecycle in diagrams.lifecycles():
        found |= {f"{lifecycle.kind}.{move.verb}" for move in lifecycle.moves}
        found |= {told for move in lifecycle.moves for told in move.tells}
    return found


def is_heard(row, verbs):
    """Whether its clock can start and stop today, for some kind of case, or thing with a lifecycle, that exists."""
    wanted = row.version["selects"].get("kind")
    has_kind = not wanted or bool(set(wanted) & {*kinds.kinds(), *(lifecycle.kind for _app, lifecycle in diagrams.lifecycles())})
    both = (row.version["starts_on"], row.version["stops_on"])
    return has_kind and all(any(patterns.parse(text).verb in verbs for text in side) for side in both)


def test_promises_that_nobody_keeps_time_for_are_known_and_only_get_fewer():
    verbs = recorded_verbs()
    assert {row.key for row in ROWS if not is_heard(row, verbs)} == set(WAITING)


def test_the_list_grows_no_longer():
    assert len(WAITING) <= 33


def test_some_promises_are_heard_already():
    assert {"T38", "T39", "T45", "T68", "T70", "T81", "T82", "T85"} & set(WAITING) == set()


@pytest.mark.parametrize("side", ["starts_on", "stops_on", "pauses_on", "resumes_on", "withdrawn_on"])
def test_every_event_of_the_book_can_be_read(side):
    assert all(patterns.parse(text).verb for row in ROWS for text in row.version[side])


def test_what_a_promise_is_told_of_a_case_is_really_told():
    """Verbs of every case have one writer; a misspelt one would wait for ever."""
    listened = {
        patterns.parse(text).verb
        for row in ROWS
        for side in ("starts_on", "stops_on", "pauses_on", "resumes_on", "withdrawn_on")
        for text in row.version[side]
    }
    assert {verb for verb in listened if verb.startswith(("case.", "duty."))} - recorded_verbs() == set()
