"""The journal shows any edit."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

import casework.operations
from accounts.actors import System
from casework.models import Event, Timeline
from casework.operations import Step
from casework.queries import journal as queries

pytestmark = pytest.mark.django_db
BY = System("tests")


@pytest.fixture
def timelines(now):
    """Two, of three events each, with facts in every script."""
    steps = [Step("probe.open", {"who": "李娜", "litres": 60_000}), Step("probe.pay", {"lines": [1, 2], "é": None}), Step("probe.close")]
    made = [casework.operations.open_timeline(kind="probe", steps=steps[:2], by=BY, at=now) for _ in range(2)]
    for timeline in made:
        casework.operations.record(timeline_id=timeline.pk, steps=steps[2:], by=BY, at=now)
    return made


def tamper(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def fault():
    return queries.prove_journal().fault


def test_an_untouched_journal_holds(timelines):
    assert queries.prove_journal() == queries.Proof(timelines=2, events=6)


def test_an_empty_journal_holds():
    assert queries.prove_journal() == queries.Proof(0, 0)


def test_a_timeline_without_events_holds(now):
    Timeline.objects.create(kind="empty", opened_at=now)
    assert queries.prove_journal() == queries.Proof(1, 0)


@pytest.mark.parametrize(("column", "value"), [("verb", "probe.steal"), ("by", "user:1"), ("at", "2020-01-01"), ("facts", '{"litres": 1}')])
def test_an_edited_event_is_named(timelines, column, value):
    tamper(f'UPDATE casework_event SET "{column}" = %s WHERE timeline_id = %s AND seq = 2', value, timelines[1].pk)
    assert fault().startswith(f"timeline {timelines[1].pk}: event 2")


def test_the_first_wrong_event_is_named(timelines):
    for seq in (3, 2):
        tamper("UPDATE casework_event SET verb = 'x' WHERE timeline_id = %s AND seq = %s", timelines[0].pk, seq)
    assert "event 2 (x)" in fault()


def test_a_recomputed_hash_breaks_the_next_link(timelines, now):
    from casework.journal import link

    first = Event.objects.get(timeline=timelines[0], seq=1)
    forged = link(first.hash, timeline=timelines[0].seed, verb="x", at=now, by="x", facts={})
    sql = "UPDATE casework_event SET verb = 'x', by = 'x', facts = '{}', hash = %s WHERE timeline_id = %s AND seq = 2"
    tamper(sql, forged, timelines[0].pk)
    assert "event 3 (probe.close)" in fault()


def test_a_removed_event_is_missed(timelines):
    tamper("DELETE FROM casework_event WHERE timeline_id = %s AND seq = 2", timelines[0].pk)
    assert "event 2 is missing" in fault()


def test_a_removed_last_event_is_missed(timelines):
    tamper("DELETE FROM casework_event WHERE timeline_id = %s AND seq = 3", timelines[0].pk)
    assert "its head says 3 events" in fault()


def test_what_is_written_meanwhile_is_no_fault(timelines, monkeypatch, now):
    """The heads are read a moment after the events."""
    chains = queries._chains

    def then_somebody_writes():
        found = list(chains())
        casework.operations.record(timeline_id=timelines[0].pk, steps=[Step("probe.late")], by=BY, at=now)
        casework.operations.open_timeline(kind="probe", steps=[Step("probe.new")], by=BY, at=now)
        return iter(found)

    monkeypatch.setattr(queries, "_chains", then_somebody_writes)
    assert queries.prove_journal().fault == ""


def test_events_whose_timeline_was_removed_are_named(timelines):
    removed = timelines[0].pk
    tamper("DELETE FROM casework_timeline WHERE id = %s", removed)
    assert fault() == f"timeline {removed}: it has events and no row of its own"
    Timeline.objects.create(pk=removed, kind="back", opened_at=timelines[0].opened_at)  # or the test's own end would complain


class TestCommand:
    def run(self):
        said = io.StringIO()
        call_command("verify_journal", stdout=said)
        return said.getvalue()

    def test_it_says_how_much_was_proven(self, timelines):
        assert self.run() == "2 timelines, 6 events, 0 roots: everything holds.\n"

    def test_it_fails_at_the_first_fault(self, timelines):
        tamper("DELETE FROM casework_event WHERE timeline_id = %s AND seq = 2", timelines[1].pk)
        with pytest.raises(CommandError, match="event 2 is missing"):
            self.run()


def test_events_cannot_be_edited_through_the_front_door(timelines):
    from casework.models import FrozenRow

    event = Event.objects.first()
    for attempt in (event.save, event.delete, lambda: Event.objects.update(verb="x"), lambda: Event.objects.all().delete()):
        with pytest.raises(FrozenRow):
            attempt()
