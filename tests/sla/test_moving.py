"""Moving open clocks to a new version on purpose: what it would do, and that it does just that."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.permissions import Forbidden
from casework.operations import Opening, Step, open_case, record
from sla.models import Clock, Moving, PromiseVersion
from sla.operations import moving
from sla.queries import movable
from tests.conftest import NOW
from tests.factories.sla import PromiseVersionFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def old():
    """An answer within a day."""
    return PromiseVersionFactory(texts={"en": {"title": "An answer"}})


@pytest.fixture
def case_of(old, fang):
    """Makes a case that was opened so many hours ago."""

    def make(hours, channel="hall"):
        opening = Opening(kind="general_request", subject="tap", channel=channel)
        return open_case(opening=opening, by=fang.user, at=NOW - hours * HOUR)

    return make


@pytest.fixture
def newer(old, case_of):
    """Makes the next version, in force since a moment ago."""

    def make(**fields):
        return PromiseVersionFactory(number=2, effective_from=NOW - HOUR / 60, texts=old.texts, **{"limit": "PT12H", **fields})

    return make


def clock_of(case):
    return Clock.objects.get(timeline=case.timeline_id)


class TestPreview:
    def test_it_counts_what_becomes_of_the_moments(self, case_of, newer):
        for hours in (2, 20, 30):
            case_of(hours)
        newer()
        found = movable.preview("T15", at=NOW)
        assert (found.count, found.earlier, found.late_at_once, found.later, found.same, found.broken) == (3, 2, 1, 0, 0, 1)
        assert found.versions == {1: 3}

    def test_each_moment_is_the_one_it_then_gets(self, case_of, newer, ada):
        cases = [case_of(hours) for hours in (2, 5)]
        version = newer()
        told = {line.reference: line.would_be for line in movable.preview("T15", at=NOW).lines}
        moving.move_to_version(version=version, reason="two more crews", by=ada.user, at=NOW)
        assert told == {case.reference: clock_of(case).due_at for case in cases}

    def test_it_writes_nothing(self, case_of, newer):
        case_of(2)
        newer()
        before = list(Clock.objects.values())
        movable.preview("T15", at=NOW)
        assert list(Clock.objects.values()) == before

    def test_one_that_waits_has_no_moment_now_and_none_then(self, case_of, newer, fang):
        case = case_of(2)
        record(timeline_id=case.timeline_id, steps=[Step("case.waiting_for_customer", {})], by=fang.user, at=NOW - HOUR)
        newer()
        assert (movable.preview("T15", at=NOW).same, movable.preview("T15", at=NOW).lines) == (1, [])

    def test_those_the_new_version_is_not_for_are_left_out(self, case_of, newer):
        case_of(2, channel="phone")
        case_of(2)
        newer(selects={"channel": ["hall"]})
        found = movable.preview("T15", at=NOW)
        assert (found.count, found.others) == (1, 1)

    def test_only_so_many_are_looked_at(self, case_of, newer, monkeypatch):
        monkeypatch.setattr(movable, "MOST", 1)
        case_of(2)
        case_of(3)
        newer()
        found = movable.preview("T15", at=NOW)
        assert (found.count, found.looked_at, found.earlier) == (2, 1, 1)


class TestMove:
    def test_the_reason_and_how_many_are_kept(self, case_of, newer, ada):
        case_of(2)
        version = newer()
        assert moving.move_to_version(version=version, reason=" two more crews ", by=ada.user, at=NOW) == 1
        row = Moving.objects.get()
        assert (row.version, row.clocks, row.reason, row.moved_by) == (version, 1, "two more crews", f"user:{ada.user_id}")

    def test_those_it_is_not_for_keep_theirs(self, case_of, newer, old, ada):
        phoned, came = case_of(2, channel="phone"), case_of(2)
        version = newer(selects={"channel": ["hall"]})
        moving.move_to_version(version=version, reason="x", by=ada.user, at=NOW)
        assert (clock_of(phoned).version, clock_of(came).version) == (old, version)

    @pytest.mark.parametrize(
        ("code", "fields"),
        [
            ("not_in_force", {"effective_from": None}),
            ("not_in_force", {"effective_from": NOW + HOUR}),
            ("switched_off", {"is_active": False}),
        ],
    )
    def test_only_to_what_is_in_force(self, case_of, old, ada, code, fields):
        case_of(2)
        version = PromiseVersionFactory(number=2, **{"effective_from": NOW - HOUR, **fields})
        with pytest.raises(moving.CannotMove) as refusal:
            moving.move_to_version(version=version, reason="x", by=ada.user, at=NOW)
        assert refusal.value.code == code
        assert clock_of_any().version == old

    def test_not_without_a_reason(self, case_of, newer, ada):
        case_of(2)
        with pytest.raises(moving.CannotMove, match="Say why"):
            moving.move_to_version(version=newer(), reason=" ", by=ada.user, at=NOW)

    def test_not_by_anybody(self, newer, fang):
        with pytest.raises(Forbidden):
            moving.move_to_version(version=newer(), reason="x", by=fang.user, at=NOW)

    def test_nothing_to_move_leaves_no_trace(self, newer, ada):
        assert moving.move_to_version(version=newer(), reason="x", by=ada.user, at=NOW) == 0
        assert not Moving.objects.exists()


def clock_of_any():
    return Clock.objects.get()


class TestPage:
    @pytest.fixture
    def desk(self, ada):
        return sign_in(Client(), ada)

    address = "/staff/promises/T15/move/"

    def test_the_promise_leads_here_while_clocks_run_under_another_version(self, case_of, newer, desk):
        case_of(2)
        assert self.address not in desk.get("/staff/promises/T15/").text
        newer()
        assert self.address in desk.get("/staff/promises/T15/").text

    def test_who_may_not_sees_a_grey_button_and_why(self, case_of, newer, fang):
        case_of(2)
        newer()
        page = sign_in(Client(), fang).get("/staff/promises/T15/").text
        assert "Move them to it" in page
        assert self.address not in page
        assert "Your role does not allow this" in page

    def test_first_what_it_does_then_with_a_reason(self, case_of, newer, desk):
        case = case_of(2)
        version = newer()
        assert "What it does to 1 clock" in desk.get(self.address).text
        page = desk.post(self.address, {"version": version.pk, "reason": "two more crews"}, follow=True).text
        assert "1 clock was moved." in page
        assert "two more crews" in page
        assert clock_of(case).version == version

    def test_without_a_reason_nothing_is_moved(self, case_of, newer, desk, old):
        case_of(2)
        page = desk.post(self.address, {"version": newer().pk, "reason": ""})
        assert page.status_code == 422
        assert clock_of_any().version == old

    def test_what_was_shown_and_holds_no_more_is_not_confirmed(self, case_of, newer, desk, old):
        case_of(2)
        shown = newer()
        PromiseVersionFactory(number=3, effective_from=NOW - HOUR / 120, limit="PT6H")
        page = desk.post(self.address, {"version": shown.pk, "reason": "two more crews"})
        assert page.status_code == 422
        assert "Another version holds by now" in page.text
        assert "two more crews" in page.text
        assert f'value="{PromiseVersion.objects.get(number=3).pk}"' in page.text

    def test_with_nothing_to_move_it_says_so(self, old, desk):
        assert "No open clock runs under another version" in desk.get(self.address).text

    def test_an_unknown_promise_is_not_there(self, desk):
        assert desk.get(reverse("sla:clocks_move", args=["T99"])).status_code == 404

    def test_the_case_says_that_its_clock_was_moved(self, case_of, newer, desk, fang):
        case = case_of(2)
        desk.post(self.address, {"version": newer().pk, "reason": "two more crews"})
        page = sign_in(Client(), fang).get(reverse("casework:case", args=[case.reference])).text
        assert "Promise T15 counts on by another version of it" in page
