"""Every lifecycle is complete: reachable, labelled, and with a way out or a reason to be final."""

import pytest
from django.db.models import TextChoices

from casework import kinds
from casework.references import ALPHABET
from config import diagrams

LIFECYCLES = [pytest.param(lifecycle, id=lifecycle.kind) for _app, lifecycle in diagrams.lifecycles()]


def test_there_are_lifecycles_to_look_at():
    assert LIFECYCLES


@pytest.mark.parametrize("lifecycle", LIFECYCLES)
def test_every_status_is_reachable(lifecycle):
    reached = set(lifecycle.start)
    while more := {move.target for move in lifecycle.moves if reached & set(move.sources)} - reached:
        reached |= more
    assert set(diagrams.statuses(lifecycle)) == reached


@pytest.mark.parametrize("lifecycle", LIFECYCLES)
def test_every_status_of_the_choices_stands_in_the_table(lifecycle):
    statuses = diagrams.statuses(lifecycle)
    assert isinstance(statuses[0], TextChoices)
    assert set(statuses) == set(type(statuses[0]))


@pytest.mark.parametrize("lifecycle", LIFECYCLES)
def test_every_status_has_a_label(lifecycle):
    assert all(str(status.label) for status in diagrams.statuses(lifecycle))


@pytest.mark.parametrize("lifecycle", LIFECYCLES)
def test_every_status_has_a_way_out_or_a_reason_to_be_final(lifecycle):
    for status in diagrams.statuses(lifecycle):
        leaves = any(move.target != status for move in lifecycle.moves if status in move.sources)
        assert leaves != bool(lifecycle.finals.get(status)), status


@pytest.mark.parametrize("lifecycle", LIFECYCLES)
def test_one_verb_leads_from_one_status_to_one_other(lifecycle):
    steps = [(move.verb, source) for move in lifecycle.moves for source in move.sources]
    assert len(steps) == len(set(steps))


def test_kinds_have_names_of_their_own():
    kinds = [lifecycle.kind for _app, lifecycle in diagrams.lifecycles()]
    assert len(kinds) == len(set(kinds))


KINDS = [pytest.param(kind, id=key) for key, kind in kinds.kinds().items()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_case_has_the_steps_that_all_have(kind):
    verbs = {move.verb: move for move in kind.lifecycle.moves}
    assert set(kinds.EVERY_KIND) <= set(verbs)
    assert {verb: f"case.{said}" in verbs[verb].tells for verb, said in kinds.MEANINGS.items()} == dict.fromkeys(kinds.MEANINGS, True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_begins_unfinished_and_ends_where_its_kind_says(kind):
    assert not set(kind.lifecycle.start) & kind.ended
    assert set(kind.lifecycle.finals) <= kind.ended


def test_every_kind_of_case_has_a_letter_of_its_own():
    letters = [kind.letter for kind in kinds.kinds().values()]
    assert len(letters) == len(set(letters))
    assert set(letters) <= set(ALPHABET)


def test_the_diagrams_say_what_the_tables_say():
    assert diagrams.outdated() == []
