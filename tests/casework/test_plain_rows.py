"""Rows from plain values are the rows that models would have made."""

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Effect, Timeline
from casework.operations.plain_rows import insert_plain
from tests.statements import statements

pytestmark = pytest.mark.django_db


def row(now, key, **more):
    return {"topic": "probe", "key": key, "payload": {"n": 1, "name": "李娜"}, "created_at": now, "next_attempt_at": now, **more}


def contents():
    return list(Effect.objects.order_by("pk").values("topic", "key", "payload", "created_at", "attempts", "done_at", "last_error"))


def test_they_say_the_same_as_models_do(now):
    insert_plain(Effect, [row(now, "a"), row(now, "b")])
    plain = contents()
    Effect.objects.all().delete()
    Effect.objects.bulk_create([Effect(**row(now, "a")), Effect(**row(now, "b"))])
    assert contents() == plain


def test_their_keys_come_in_their_order(now):
    keys = insert_plain(Effect, [row(now, key) for key in "cab"])
    assert [Effect.objects.get(pk=pk).key for pk in keys] == list("cab")


def test_an_empty_value_stays_empty(now):
    insert_plain(Effect, [row(now, "a", done_at=None), row(now, "b", done_at=now)])
    assert list(Effect.objects.order_by("key").values_list("done_at", flat=True)) == [None, now]


def test_a_conflict_is_refused_or_ignored(now):
    insert_plain(Effect, [row(now, "a")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_plain(Effect, [row(now, "a")])
    assert insert_plain(Effect, [row(now, "a"), row(now, "b")], ignore_conflicts=True) == []
    assert Effect.objects.count() == 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no lengths")
def test_what_is_too_long_is_refused_and_not_cut(now):
    with pytest.raises(DataError), transaction.atomic():
        insert_plain(Effect, [row(now, "x" * 121)])


def test_none_need_no_statement(now):
    with CaptureQueriesContext(connection) as seen:
        insert_plain(Effect, [])
    assert statements(seen) == 0


def test_many_need_one(now):
    with CaptureQueriesContext(connection) as seen:
        insert_plain(Effect, [row(now, str(number)) for number in range(50)])
    assert statements(seen) == 1


def test_a_choice_is_written_by_its_value(now):
    insert_plain(Timeline, [{"kind": Case.Channel.WEB, "seed": "s", "opened_at": now}])
    assert Timeline.objects.get().kind == "web"
