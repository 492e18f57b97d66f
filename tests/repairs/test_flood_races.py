"""Reports of one source at the same moment, each in a thread of its own; see Note [One report of a source after the other]."""

import threading
from functools import partial

import pytest
from django.db import connection, transaction

from casework.models import Case
from repairs.operations import floods
from repairs.sources import Source
from tests.billing.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
HOAX = Source(phone="+8613800138000", device="abc", network="203.0.113.7")


@pytest.fixture
def stuck(reported):
    """A report of the hoaxer that is stored and does not end."""
    is_stored, may_end = threading.Event(), threading.Event()

    def never_end():
        with transaction.atomic():
            reported(source=HOAX)
            is_stored.set()
            may_end.wait(20)
        connection.close()

    thread = threading.Thread(target=never_end)
    thread.start()
    is_stored.wait(20)
    yield
    may_end.set()
    thread.join(20)


def test_of_reports_at_the_same_moment_no_more_than_the_limit_are_dispatched(reported):
    results = at_once(*[partial(reported, source=HOAX, place=f"文峰路{number}号") for number in range(8)])
    assert sorted(result.case.status for result in results) == ["held"] * 5 + ["ordered"] * 3
    assert Case.objects.count() == 8


def test_sources_that_share_marks_crosswise_do_not_wait_for_each_other_for_ever(reported, settings):
    settings.REPORTS_PER_PHONE = settings.REPORTS_PER_DEVICE = 10
    one, other = Source(phone="+8613800138001", network="203.0.113.7"), Source(phone="+8613800138001", device="abc", network="203.0.113.8")
    results = at_once(*[partial(reported, source=source) for source in (one, other, HOAX) * 2])
    assert {result.case.status for result in results} == {"ordered"}


@on_postgresql
class TestWaiting:
    def test_another_source_does_not_wait_at_all(self, stuck, reported, monkeypatch):
        monkeypatch.setattr(floods.time, "sleep", lambda _seconds: pytest.fail("it waits"))
        assert reported(source=Source(phone="+8613900139000", device="def", network="198.51.100.9")).case.status == "ordered"

    def test_a_neighbour_behind_the_same_address_waits_a_moment_and_is_heard(self, stuck, reported, monkeypatch):
        waits = []
        monkeypatch.setattr(floods.time, "sleep", waits.append)
        neighbour = reported(source=Source(phone="+8613900139000", network=HOAX.network))
        assert neighbour.case.status == "ordered"
        assert 0 < sum(waits) <= 3
