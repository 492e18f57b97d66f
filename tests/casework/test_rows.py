"""The rows of one act go in with one statement, and mean the same as one by one."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actors import System
from casework import registry
from casework.models import Case, Effect, Event, Timeline
from casework.operations import Opening, Step, move_case, open_case, open_timeline, record
from casework.operations.rows import insert, once_inserted, one_insert
from casework.queries import prove_journal
from tests.factories.accounts import UserFactory
from tests.statements import statements

pytestmark = pytest.mark.django_db
SYSTEM = System("tests")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such statement")


@pytest.fixture
def clerk():
    return UserFactory()


def effect(now, key):
    return Effect(topic="probe", key=key, created_at=now, next_attempt_at=now)


def test_rows_know_their_keys_afterwards(clerk, now):
    with transaction.atomic(), one_insert(Timeline):
        timeline = open_timeline(kind="probe", steps=[Step("one"), Step("two", {"n": 2})], by=clerk, at=now)
        effects = [effect(now, "a"), effect(now, "b")]
        insert(*effects)
    assert list(Timeline.objects.all()) == [timeline]
    assert list(Event.objects.order_by("seq").values_list("timeline", "verb", "facts")) == [
        (timeline.pk, "one", {}),
        (timeline.pk, "two", {"n": 2}),
    ]
    assert {Effect.objects.get(pk=row.pk).key for row in effects} == {"a", "b"}


def test_a_row_inserted_so_is_changed_and_not_inserted_again_when_it_is_saved(now):
    with transaction.atomic(), one_insert():
        row = effect(now, "a")
        insert(row)
    row.attempts = 3
    row.save(update_fields=["attempts"])
    assert Effect.objects.get().attempts == 3


def test_a_block_that_fails_inserts_nothing(now):
    def fail():
        with one_insert():
            insert(effect(now, "a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fail()
    assert not Effect.objects.exists()
    insert(effect(now, "b"))  # the block is closed
    assert Effect.objects.get().key == "b"


def test_what_a_constraint_forbids_is_refused(now):
    def insert_twice():
        with one_insert():
            insert(effect(now, "a"))
            insert(effect(now, "a"))

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_twice()
    assert not Effect.objects.exists()


def test_what_needs_the_rows_waits_for_them(now):
    found = []
    with transaction.atomic(), one_insert():
        insert(effect(now, "a"))
        once_inserted(lambda: found.append(Effect.objects.count()))
    once_inserted(lambda: found.append("now"))
    assert found == [1, "now"]


def test_what_is_to_be_done_for_several_things_is_done_once(now):
    found = []

    def tell(*things):
        found.append(things)

    with transaction.atomic(), one_insert():
        once_inserted(tell, 1)
        once_inserted(tell, 2)
    assert found == ([(1, 2)] if connection.vendor == "postgresql" else [(1,), (2,)])


def test_a_timeline_that_waits_takes_further_events_and_is_inserted_with_its_last_head(clerk, now):
    with transaction.atomic(), one_insert(Timeline):
        timeline = open_timeline(kind="probe", steps=[Step("one")], by=clerk, at=now)
        record(timeline_id=timeline.pk, steps=[Step("two")], by=clerk, at=now, known=timeline)
    kept = Timeline.objects.get()
    assert (kept.last_seq, kept.last_hash) == (2, Event.objects.get(seq=2).hash)
    assert prove_journal().fault == ""


def test_a_case_that_waits_is_moved_in_memory(clerk, now):
    with transaction.atomic(), one_insert(Timeline, Case):
        case = open_case(opening=Opening(kind="general_request", subject="Bill", channel="hall"), by=SYSTEM, at=now)
        move_case(case=case, verb="cancel", by=SYSTEM, at=now)
    kept = Case.objects.get()
    assert (kept.status, kept.version, kept.closed_at) == ("cancelled", 1, now)
    assert kept.timeline.events.order_by("seq")[0].verb == "case.opened"


def test_listeners_find_the_events_they_are_told_of(clerk, now, monkeypatch):
    found = []
    monkeypatch.setattr(registry, "listeners", lambda: (lambda timeline, events: found.append(timeline.events.count()),))
    with transaction.atomic(), one_insert(Timeline):
        open_timeline(kind="probe", steps=[Step("one"), Step("two")], by=clerk, at=now)
    assert found == [2]


def test_a_block_within_a_block_joins_it(now):
    with transaction.atomic(), one_insert():
        insert(effect(now, "a"))
        with one_insert():
            insert(effect(now, "b"))
    assert Effect.objects.count() == 2


@on_postgresql
def test_all_rows_take_one_statement_and_the_keys_one(clerk, now):
    with CaptureQueriesContext(connection) as seen, one_insert(Timeline):
        open_timeline(kind="probe", steps=[Step("one"), Step("two")], by=clerk, at=now)
        insert(effect(now, "a"))
    assert statements(seen) == 2
