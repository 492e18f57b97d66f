"""Every promise has somebody who tells its clock to start and to stop, or stands here with the room that will."""

import ast
from functools import cache

import pytest
from django.conf import settings

from casework import kinds
from config import diagrams
from fieldwork.models import VisitPurpose
from fieldwork.queries.slots import SKILLS
from sla import book_files, patterns
from tests.house import sources

#: Promise -> the room that will record what its clock waits for. This table only shrinks.
WAITING = {
    "T12": "inspections: when each home was looked at last",
    **dict.fromkeys(["T94", "T97"], "fieldwork: paid services"),
}
ROWS = [row for row in book_files.promises(settings.PROMISES) if row.promise["nature"] != "rule"]


def recorded_verbs():
    """Every verb that the code records: steps written out, and moves of a lifecycle with what they tell."""
    found = set()
    for tree in sources.modules(with_tools=False).values():
        named = [(node.targets[0] if isinstance(node, ast.Assign) else node.target, node.value) for node in tree.body if is_constant(node)]
        constants = {target.id: value for target, value in named if isinstance(target, ast.Name)}
        for name, node in sources.calls(tree):
            if name.split(".")[-1] == "Step" and node.args:
                first = node.args[0]
                first = constants.get(first.id, first) if isinstance(first, ast.Name) else first
                found |= set(texts_of(constants.get(first.value.id) if is_looked_up(first) else first))
    for _app, lifecycle in diagrams.lifecycles():
        found |= {f"{lifecycle.kind}.{move.verb}" for move in lifecycle.moves}
        found |= {told for move in lifecycle.moves for told in move.tells}
    return found


def is_constant(node):
    return isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None


def is_looked_up(node):
    """Whether it says VERBS[what]: then any verb of that table may be told."""
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)


def texts_of(node):
    values = node.values if isinstance(node, ast.Dict) else [node]
    return [value.value if isinstance(value, ast.Constant) else None for value in values]


@cache
def purposes():
    """What somebody is asked to go for: named where a room asks for a visit, or chosen by hand among those that can be arranged."""
    found = set(SKILLS)
    for tree in sources.modules(with_tools=False).values():
        for name, node in sources.calls(tree):
            said = [keyword.value for keyword in node.keywords if keyword.arg == "purpose"] if name.endswith("ask_visit") else []
            found |= {VisitPurpose[value.attr] for value in said if isinstance(value, ast.Attribute) and value.attr in VisitPurpose.names}
    return frozenset(map(str, found))


def is_told(text, verbs):
    """Whether somebody records such an event today: of visits and appointments, for a purpose that somebody goes for."""
    pattern = patterns.parse(text)
    wanted = [term.values for term in pattern.terms if term.fact == "purpose" and not term.is_negated]
    return pattern.verb in verbs and all(values & purposes() for values in wanted)


def is_heard(row, verbs):
    """Whether its clock can start and stop today, for some kind of case, or thing with a lifecycle, that exists."""
    wanted = row.version["selects"].get("kind")
    has_kind = not wanted or bool(set(wanted) & {*kinds.kinds(), *(lifecycle.kind for _app, lifecycle in diagrams.lifecycles())})
    both = (row.version["starts_on"], row.version["stops_on"])
    return has_kind and all(any(is_told(text, verbs) for text in side) for side in both)


def test_promises_that_nobody_keeps_time_for_are_known_and_only_get_fewer():
    verbs = recorded_verbs()
    assert {row.key for row in ROWS if not is_heard(row, verbs)} == set(WAITING)


def test_a_promise_that_waits_for_a_purpose_is_not_heard_because_of_another():
    assert purposes() >= {"repair", "restoration", "inspection", "steward", "service"}
    assert purposes() & {"outage"} == set()
    assert [is_told(f"appointment.agreed?purpose={one}", recorded_verbs()) for one in ("repair", "repair|outage", "outage")] == [1, 1, 0]


def test_of_what_the_documents_promise_the_list_grows_no_longer():
    assert len([key for key in WAITING if key.startswith("T")]) <= 28


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
