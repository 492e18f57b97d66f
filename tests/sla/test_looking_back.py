"""The what-if page: a version against our own clocks of the last months."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.operations import Opening, Step, open_case, record
from sla.models import Clock
from sla.queries import comparisons, stories
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


class TestRehearsal:
    """A version that listens to other events, or is for others: the matters themselves are played twice."""

    @pytest.fixture
    def happened(self, version, fang, now):
        """Makes a case that was opened ten days ago by this channel and answered so many hours later."""

        def make(hours, channel="hall"):
            began = now - timedelta(days=10)
            case = open_case(opening=Opening(kind="general_request", subject="tap", channel=channel), by=fang.user, at=began)
            record(timeline_id=case.timeline_id, steps=[Step("case.contacted", {"by": "human"})], by=fang.user, at=began + 2 * HOUR)
            record(timeline_id=case.timeline_id, steps=[Step("case.answered", {})], by=fang.user, at=began + hours * HOUR)
            return case

        return make

    @pytest.fixture
    def drafted(self, version, now):
        """Holds the next version, which differs so, against what happened."""

        def look(**fields):
            draft = PromiseVersionFactory(number=2, effective_from=None, texts=version.texts, **fields)
            return look_back(draft.pk, at=now)

        return look

    def test_another_end_is_taken_into_account(self, happened, drafted):
        for hours in (12, 30):
            happened(hours)
        found = drafted(stops_on=["case.contacted?by=human"])
        assert found.is_rehearsed
        assert (found.comparison.before.share_kept(), found.comparison.after.share_kept()) == ((1, 2), (2, 2))
        assert found.comparison.no_longer_missed == 1

    def test_another_beginning_begins_other_clocks(self, happened, drafted):
        happened(12)
        found = drafted(starts_on=["case.contacted"]).comparison
        assert (found.matters, found.begun, found.gone) == (1, 1, 1)

    def test_one_for_more_than_before_begins_more(self, happened, drafted, version, now):
        version.selects = {"channel": ["phone"]}
        version.save()
        happened(12, channel="hall")
        happened(12, channel="phone")
        found = drafted(selects={"channel": ["phone", "hall"]}).comparison
        assert (found.before.clocks, found.after.clocks, found.begun) == (1, 2, 1)

    def test_one_for_fewer_without_a_rival_is_told_by_the_clocks(self, happened, drafted):
        happened(12, channel="hall")
        happened(12, channel="phone")
        found = drafted(selects={"channel": ["hall"]})
        assert (found.is_rehearsed, found.comparison.before.clocks, found.comparison.others) == (False, 1, 1)

    def test_a_rival_gives_way_to_one_that_says_more(self, happened, drafted, version):
        version.family = "answer"
        version.save()
        PromiseVersionFactory(promise__key="T16", family="answer", selects={"channel": ["hall"]}, limit="PT1H")
        happened(12, channel="hall")
        found = drafted(family="answer", selects={"channel": ["hall"], "kind": ["general_request"]}).comparison
        assert (found.before.clocks, found.after.clocks) == (0, 1)

    def test_only_so_many_are_played_and_that_is_said(self, happened, drafted, monkeypatch):
        monkeypatch.setattr(comparisons, "MATTERS", 2)
        for hours in (2, 3, 4):
            happened(hours)
        found = drafted(stops_on=["case.closed"])
        assert (found.comparison.matters, found.is_cut) == (2, True)

    def test_purchases_are_not_looked_through_for_ever(self, happened, drafted, monkeypatch):
        monkeypatch.setattr(stories, "_WINDOW", 1)
        happened(2)
        happened(3)
        found = drafted(stops_on=["case.closed"])
        assert (found.comparison.matters, found.is_cut) == (1, True)

    def test_nothing_is_written(self, happened, drafted):
        happened(12)
        before = list(Clock.objects.values())
        drafted(stops_on=["case.closed"])
        assert list(Clock.objects.values()) == before

    def test_the_page_says_what_it_did(self, happened, version, client, ada, time_machine, now):
        happened(12)
        draft = PromiseVersionFactory(number=2, effective_from=None, stops_on=["case.closed"], texts=version.texts)
        time_machine.move_to(now)
        page = sign_in(client, ada).get(reverse("sla:what_if"), {"version": draft.pk}).text
        assert "This version listens to other events, or is for others" in page
        assert "So 1 matter was played twice" in page
        assert "0 clocks would begin that did not." in page
