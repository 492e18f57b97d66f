"""The what-if page: a version against our own clocks of the last months."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sla.models import Clock
from sla.queries import comparisons
from sla.queries.comparisons import comparable, look_back
from sla.queries.policies import forget
from tests.factories.sla import AlarmFactory, ClockFactory, EscalationFactory, PromiseVersionFactory
from tests.signing_in import sign_in

HOUR = timedelta(hours=1)


@pytest.fixture
def version(db):
    """An answer within a day."""
    return PromiseVersionFactory(texts={"en": {"title": "An answer"}})


@pytest.fixture
def draft(version):
    """Within twelve hours, and it would cost something."""
    money = {"is_on": False, "amount": 2000}
    return PromiseVersionFactory(number=2, effective_from=None, limit="PT12H", compensation=money, texts=version.texts)


@pytest.fixture
def ran(version, now):
    """Makes a clock that began so many days ago and took so many hours; none: it runs."""

    def make(hours, days=10, **facts):
        began = now - timedelta(days=days)
        ended = {"status": "stopped", "stopped_at": began + hours * HOUR} if hours else {}
        return ClockFactory(version=version, started_at=began, due_at=began + 24 * HOUR, **ended, **facts)

    return make


class TestLookBack:
    def test_the_same_clocks_are_counted_both_ways(self, ran, draft, now):
        for hours in (6, 18, 30):
            ran(hours)
        found = look_back(draft.pk, at=now).comparison
        assert found.before.share_kept() == (2, 3)
        assert found.after.share_kept() == (1, 3)
        assert found.newly_missed == 1

    def test_what_was_said_again_and_what_was_overtaken_is_not_counted_as_told(self, ran, draft, now):
        clock = ran(30)
        for rung in ("100%", "100%.2", "100%.3"):
            EscalationFactory(alarm=AlarmFactory(clock=clock, rung=rung, fired_at=now))
        last = AlarmFactory(clock=clock, rung="150%", fired_at=now)
        EscalationFactory(alarm=AlarmFactory(clock=clock, rung="50%", fired_at=now), overtaken_by=last, to_role="owner")
        assert look_back(draft.pk, at=now).tellings() == [("owner", 0, 1), ("supervisor", 1, 1)]

    def test_what_was_told_about_clocks_it_is_not_for_is_left_out_too(self, ran, draft, now):
        draft.selects = {"area": ["rural"]}
        draft.save()
        forget()
        for area in ("rural", "urban"):
            EscalationFactory(alarm=AlarmFactory(clock=ran(30, area=area), fired_at=now))
        found = look_back(draft.pk, at=now)
        assert (found.comparison.before.clocks, found.comparison.others, found.told) == (1, 1, {"supervisor": 1})

    def test_older_clocks_and_those_of_other_promises_are_left_out(self, ran, draft, now):
        ran(6, days=91)
        ClockFactory(version=PromiseVersionFactory(promise__key="T16"), started_at=now - HOUR)
        assert look_back(draft.pk, at=now).comparison.before.clocks == 0

    def test_only_so_many_are_counted_and_that_is_said(self, ran, draft, now, monkeypatch):
        monkeypatch.setattr(comparisons, "MOST", 2)
        for days in (1, 2, 3):
            ran(6, days=days)
        found = look_back(draft.pk, at=now)
        assert (found.comparison.before.clocks, found.is_cut, found.since) == (2, True, now - timedelta(days=2))

    @pytest.mark.parametrize("clocks", [1, 12])
    def test_it_asks_three_times_however_many_there_are_and_writes_nothing(self, ran, draft, now, clocks):
        for number in range(clocks):
            ran(number + 1)
        look_back(draft.pk, at=now)
        with CaptureQueriesContext(connection) as asked:
            look_back(draft.pk, at=now)
        assert len(asked) == 3
        assert all(query["sql"].startswith(("SELECT", "DECLARE")) for query in asked)

    def test_what_may_be_compared_is_drafts_what_is_to_come_and_what_holds(self, version, draft, now):
        PromiseVersionFactory(promise__key="T16", number=1)
        newest = PromiseVersionFactory(promise__key="T16", number=2, effective_from=now - HOUR)
        to_come = PromiseVersionFactory(promise__key="T16", number=3, effective_from=now + HOUR)
        PromiseVersionFactory(promise__key="T17", limit="")
        assert [policy.version for policy in comparable(now)] == [version.pk, draft.pk, newest.pk, to_come.pk]


class TestPage:
    @pytest.fixture
    def look(self, client, ada, time_machine, now):
        time_machine.move_to(now)
        sign_in(client, ada)

        def looked(status=200, **question):
            response = client.get(reverse("sla:what_if"), question)
            assert response.status_code == status
            return response

        return looked

    def test_it_shows_both_counts_the_roles_and_the_cost(self, look, ran, draft):
        for hours in (6, 18, 30):
            ran(hours)
        text = look(version=draft.pk).text
        assert "66.7%" in text
        assert "33.3%" in text
        assert "1 that was not missed would have been." in text
        assert "40.00" in text
        assert "Compensation is switched off in this version" in text

    def test_a_version_without_clocks_leads_to_the_calculator(self, look, draft):
        assert "No clock that it is for began" in look(version=draft.pk).text

    def test_a_version_that_does_not_exist_is_refused(self, look, draft):
        assert "Please check what you entered" in look(422, version="0").text

    def test_an_empty_book_says_so(self, look, db):
        assert "There is no promise with a number yet" in look().text

    def test_the_draft_leads_here(self, look, client, draft):
        page = client.get(reverse("sla:promise_detail", args=["T15"])).text
        assert f"{reverse('sla:what_if')}?version={draft.pk}" in page

    def test_looking_leaves_every_clock_as_it_was(self, look, ran, draft):
        ran(30)
        before = list(Clock.objects.values())
        look(version=draft.pk)
        assert list(Clock.objects.values()) == before
