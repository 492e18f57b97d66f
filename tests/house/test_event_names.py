"""Whatever is recorded, or may be listened to, has a name that people can read."""

import ast
import re

from django.conf import settings

from casework.event_names import event_name, event_names
from casework.registry import batches
from sla import book_files, patterns
from sla.event_names import COMING
from sla.heard import is_recorded
from tests.house import sources
from tests.house.test_promises import recorded_verbs

_VERB = re.compile(r"[a-z_]+\.[a-z_]+")
_SIDES = ("starts_on", "stops_on", "pauses_on", "resumes_on", "withdrawn_on")


def verbs_of_the_book():
    return {patterns.parse(text).verb for row in book_files.promises(settings.PROMISES) for side in _SIDES for text in row.version[side]}


def written_in_operations(prefixes):
    """Strings that look like verbs of what we record, topics of effects aside: some are handed on from function to function first."""
    rooms = [tree for path, tree in sources.modules(with_tools=False).items() if "operations" in str(path)]
    texts = {node.value for tree in rooms for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if _VERB.fullmatch(text) and text.partition(".")[0] in prefixes} - set(batches())


def test_every_event_has_a_name():
    known = {verb for verb in recorded_verbs() | verbs_of_the_book() if verb and _VERB.fullmatch(verb)}
    known |= written_in_operations({verb.partition(".")[0] for verb in known})
    assert sorted(known - set(event_names())) == []  # an app names its own in its event_names.py


#: Named by rooms that are being built, and recorded by nobody so far. This only shrinks.
UNDER_WAY = {
    *("visit.made_safe", "visit.restored"),
}


def test_what_a_room_names_it_records():
    """Whoever writes a promise is told which events nobody records (sla.heard): by these names."""
    known = {verb for verb in recorded_verbs() if verb}
    known |= written_in_operations({verb.partition(".")[0] for verb in known})
    assert {verb for verb in event_names() if is_recorded(verb)} - known <= UNDER_WAY
    assert {verb for verb in COMING if not is_recorded(verb)} & known == set()


def test_a_name_is_a_clause_and_no_code():
    assert [verb for verb in event_names() if "." in event_name(verb) or "_" in event_name(verb)] == []


def test_two_events_are_not_called_the_same():
    names = [str(name) for name in event_names().values()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_what_nobody_named_is_shown_as_it_is():
    assert event_name("comet.seen") == "comet.seen"
