"""Writing the book of promises: versions, drafts, and what a process keeps in memory."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Forbidden
from sla.models import BookEdition, Promise, PromiseVersion
from sla.operations import book as operations
from sla.operations.book import BadPromise, NewVersion
from sla.operations.loading import load_book
from sla.queries import policies
from tests.conftest import NOW

TOMORROW = NOW + timedelta(days=1)

pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture
def repair():
    return Promise.objects.get(pk="T52")


@pytest.fixture
def write(repair, ada):
    def make(at=NOW, effective_from=TOMORROW, reason="two more crews", by=None, **changes):
        new = NewVersion(changes=changes, effective_from=effective_from, reason=reason)
        return operations.write_version(promise=repair, new=new, by=by or ada.user, at=at)

    return make


def limit_at(at):
    return policies.policies_at(at).in_force("T52").limit.code


class TestWriteVersion:
    def test_it_holds_from_its_moment_on(self, write):
        write(limit="PT3H")
        assert [limit_at(TOMORROW - timedelta(seconds=1)), limit_at(TOMORROW)] == ["PT4H", "PT3H"]

    def test_what_is_not_named_stays(self, write):
        version = write(limit="PT3H")
        assert (version.number, version.calendar, version.selects["area"]) == (2, "24x7", ["urban"])

    def test_the_old_version_can_still_be_asked_for(self, write, repair):
        first = repair.versions.get()
        write(limit="PT3H", effective_from=NOW)
        assert policies.policies_at(NOW).version(first.pk).limit.code == "PT4H"

    def test_without_a_moment_it_is_a_draft_that_never_holds(self, write):
        draft = write(limit="PT3H", effective_from=None)
        assert limit_at(NOW + timedelta(days=9999)) == "PT4H"
        assert draft.number == 2

    def test_a_clerk_may_not(self, write, fang):
        with pytest.raises(Forbidden):
            write(limit="PT3H", by=fang.user)

    @pytest.mark.parametrize(
        ("code", "changes"),
        [
            ("limit", {"limit": "soon"}),
            ("limit", {"target": "P0X"}),
            ("pattern", {"starts_on": ["opened"]}),
            ("selects", {"selects": {"colour": ["red"]}}),
            ("ladder", {"ladder": [["soon", "owner"]]}),
            ("ladder", {"ladder": [["50%", "wizard"]]}),
            ("readings", {"readings": {"days": "long"}}),
            ("calendar", {"calendar": "moon"}),
            ("owner", {"owner": "wizard"}),
            ("number", {"limit": ""}),
            ("order", {"target": "PT9H"}),
            ("safety", {"is_safety": True}),
            ("compensation", {"compensation": {"is_on": True}}),
            ("compensation", {"compensation": {"is_on": True, "amount": 100, "step": "soon"}}),
            ("compensation", {"compensation": {"is_on": True, "amount": 100, "step": "PT24H", "step_amount": 0}}),
            ("compensation", {"compensation": {"is_on": True, "amount": 100, "hold": "a while"}}),
            ("extension", {"extension": {"is_allowed": True, "times": 0}}),
            ("extension", {"extension": {"is_allowed": True, "share": -1}}),
            ("extension", {"extension": {"is_allowed": True, "total": "RING3"}}),
            ("extension", {"extension": {"is_allowed": True, "total": "soon"}}),
            ("extension", {"extension": {"is_allowed": True, "approvers": [[50, "supervisor"], [50, "branch_manager"]]}}),
            ("extension", {"extension": {"is_allowed": True, "approvers": [["half", "supervisor"]]}}),
            ("approver", {"extension": {"is_allowed": True, "approvers": [[50, "clerk"]]}}),
            ("approver", {"extension": {"is_allowed": True, "approvers": [[50, "wizard"]]}}),
            ("reason", {"limit": "PT3H", "reason": "  "}),
            ("past", {"limit": "PT3H", "effective_from": NOW - timedelta(seconds=1)}),
            ("same", {}),
        ],
    )
    def test_what_cannot_be_kept_is_refused_with_a_sentence(self, write, code, changes):
        with pytest.raises(BadPromise) as refusal:
            write(**changes)
        assert refusal.value.code == code
        assert str(refusal.value)
        assert PromiseVersion.objects.filter(promise="T52").count() == 1

    def test_two_versions_do_not_begin_at_the_same_moment(self, write):
        write(limit="PT3H")
        with pytest.raises(BadPromise, match="same moment"):
            write(limit="PT2H")

    def test_a_promise_can_be_switched_off(self, write):
        write(is_active=False, effective_from=NOW)
        attributes = {"kind": "repair", "classification": "ordinary", "area": "urban"}
        assert policies.policies_at(NOW).starting_on("repair.ordered", {}, attributes) == []


class TestDrafts:
    def test_a_draft_gets_its_date(self, write, ada):
        draft = write(limit="PT3H", effective_from=None)
        operations.date_version(version=draft, effective_from=TOMORROW, by=ada.user, at=NOW)
        assert limit_at(TOMORROW) == "PT3H"

    def test_a_dated_version_is_not_dated_again(self, write, ada):
        version = write(limit="PT3H")
        with pytest.raises(BadPromise, match="date already"):
            operations.date_version(version=version, effective_from=TOMORROW, by=ada.user, at=NOW)

    def test_a_draft_does_not_begin_in_the_past(self, write, ada):
        draft = write(limit="PT3H", effective_from=None)
        with pytest.raises(BadPromise, match="now or later"):
            operations.date_version(version=draft, effective_from=NOW - timedelta(days=1), by=ada.user, at=NOW)

    def test_a_draft_can_be_thrown_away_and_a_version_cannot(self, write, ada):
        operations.discard_draft(version=write(limit="PT3H", effective_from=None), by=ada.user, at=NOW)
        with pytest.raises(BadPromise):
            operations.discard_draft(version=write(limit="PT3H"), by=ada.user, at=NOW)
        assert PromiseVersion.objects.filter(promise="T52").count() == 2


class TestLoading:
    def test_a_second_load_writes_nothing(self):
        loaded = load_book(at=NOW)
        assert (loaded.versions, loaded.drafts, loaded.calendars) == (0, 0, 0)

    def test_a_changed_setting_makes_a_version_at_once(self, settings):
        settings.PROMISES = {**settings.PROMISES, "at_once": "PT2M"}
        assert load_book(at=NOW).versions > 5
        assert policies.policies_at(NOW).in_force("T14").readings.tolerance == timedelta(minutes=2)
        assert policies.policies_at(NOW - timedelta(seconds=1)).in_force("T14").readings.tolerance == timedelta(minutes=5)

    def test_where_staff_wrote_the_file_only_proposes(self, settings, write):
        write(limit="PT3H", effective_from=NOW)
        settings.PROMISES = {**settings.PROMISES, "ladder": "90%=supervisor"}
        loaded = load_book(at=TOMORROW)
        assert loaded.drafts == 1
        assert limit_at(TOMORROW) == "PT3H"

    def test_changed_hours_make_a_new_calendar(self, settings):
        settings.PROMISES = {**settings.PROMISES, "hours": {**settings.PROMISES["hours"], "office": "09:00-18:00"}}
        assert load_book(at=NOW).calendars == 2
        assert policies.calendar_at("office", NOW).number == 2
        assert policies.calendar_at("office", NOW - timedelta(days=1)).number == 1


def count_queries(call):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        call()
    return len(queries)


class TestMemory:
    def test_asking_again_costs_no_query(self):
        policies.policies_at(NOW)
        assert count_queries(lambda: policies.policies_at(NOW).starting_on("case.opened", {}, {"kind": "repair"})) == 0
        assert count_queries(lambda: policies.calendar_at("hall", NOW)) == 0

    def test_after_a_while_one_small_query_asks_for_the_edition(self, monkeypatch):
        policies.policies_at(NOW)
        monkeypatch.setattr(policies, "LOOK_AGAIN", 0.0)
        assert count_queries(lambda: policies.policies_at(NOW)) == 1

    def test_another_process_s_edition_is_read_anew(self, monkeypatch):
        policies.policies_at(NOW)
        PromiseVersion.objects.filter(promise="T52").update(limit="PT1H")
        assert limit_at(NOW) == "PT4H"
        BookEdition.objects.update_or_create(pk=1, defaults={"token": "another"})
        monkeypatch.setattr(policies, "LOOK_AGAIN", 0.0)
        assert limit_at(NOW) == "PT1H"

    def test_a_verb_nobody_minds_is_known_without_asking(self):
        book = policies.policies_at(NOW)
        assert not book.edition.may_start("top_up.begin_write", {})
        assert not book.edition.may_change("top_up.begin_write", {})
        assert book.edition.may_start("case.opened", {"kind": "general_request"})
