"""``manage.py replay``: reads files and our own events, writes no row."""

import csv
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import System
from casework.operations import Opening, Step, change_case, open_case, record
from sla.models import Clock, Extension
from sla.queries.policies import forget, policies_at
from sla.queries.stories import stories_between
from sla.simulation import simulate
from tests.factories.sla import HallHoursFactory, PromiseVersionFactory

from .test_replay import DATA, MAP

pytestmark = pytest.mark.django_db
BY = System("tests")
HOUR = timedelta(hours=1)
PHMSA = DATA / "phmsa" / "incidents.csv"


ON_SITE = {"selects": {"kind": ["repair"]}, "stops_on": ["repair.arrived"], "ladder": [["100%", "supervisor"]]}


@pytest.fixture
def arrival():
    """Somebody on site within the hour, by our own book."""
    return PromiseVersionFactory(promise__key="T06", promise__kind="arrival", limit="PT1H", **ON_SITE)


def printed(capsys, *arguments, **options):
    call_command("replay", *map(str, arguments), **options)
    return capsys.readouterr().out


class TestFile:
    def test_a_log_runs_through_its_own_promises(self, capsys):
        text = printed(capsys, PHMSA, "--map", DATA / "phmsa" / "map.toml")
        assert "in target   551 of 724 (76.10 %)" in text

    def test_or_through_ours(self, capsys, arrival):
        text = printed(capsys, PHMSA, "--map", DATA / "phmsa" / "map.toml", "--policies", "current")
        assert "T06, version 1" in text
        assert "in limit    694 of 724 (95.86 %)" in text

    def test_or_through_a_draft_of_ours(self, capsys, arrival):
        PromiseVersionFactory(promise=arrival.promise, number=2, effective_from=None, limit="PT30M", **ON_SITE)
        text = printed(capsys, PHMSA, "--map", DATA / "phmsa" / "map.toml", "--policies", "drafts")
        assert "T06, version 2" in text
        assert "in limit    551 of 724 (76.10 %)" in text

    def test_clocks_and_dirty_rows_are_written_out(self, capsys, tmp_path):
        clocks, dirt = tmp_path / "clocks.csv", tmp_path / "dirt.csv"
        printed(capsys, PHMSA, "--map", DATA / "phmsa" / "map.toml", "--csv", clocks, "--dirty", dirt)
        assert len(list(csv.DictReader(clocks.read_text().splitlines()))) == 724
        assert [row["reason"] for row in csv.DictReader(dirt.read_text().splitlines())].count("backwards") == 17

    def test_it_only_reads(self, capsys, arrival):
        forget()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            printed(capsys, PHMSA, "--map", DATA / "phmsa" / "map.toml", "--policies", "current")
        assert [query["sql"] for query in asked if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []
        assert not Clock.objects.exists()

    def test_until_names_the_moment_we_look_from(self, capsys, tmp_path):
        log, log_map = tmp_path / "log.csv", tmp_path / "map.toml"
        log.write_text("id,where,by,opened,done\n1,,phone,2026-11-20 09:00,2026-11-20 10:00\n")
        log_map.write_text(MAP)
        assert "1: 1 open" in printed(capsys, log, "--map", log_map, "--until", "2026-11-20T09:30")

    @pytest.mark.parametrize("arguments", [[], [PHMSA], ["--days", "9", PHMSA], [PHMSA, "--map", "gone.toml"], [PHMSA, "--map", PHMSA]])
    def test_what_is_missing_is_said(self, arguments):
        with pytest.raises(CommandError):
            call_command("replay", *map(str, arguments))

    def test_a_file_cut_short_is_said_to_be(self, tmp_path):
        (tmp_path / "log.csv.gz").write_bytes((DATA / "boston311" / "requests.csv.gz").read_bytes()[:5000])
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("replay", str(tmp_path / "log.csv.gz"), "--map", str(DATA / "boston311" / "map.toml"))

    def test_a_column_that_is_missing_is_named(self, tmp_path):
        (tmp_path / "log.csv").write_text("id,where\n")
        (tmp_path / "map.toml").write_text(MAP)
        with pytest.raises(CommandError, match="no column by, done, opened"):
            call_command("replay", str(tmp_path / "log.csv"), "--map", str(tmp_path / "map.toml"))

    def test_a_map_without_promises_has_none_to_run(self, tmp_path):
        (tmp_path / "map.toml").write_text(MAP[: MAP.index("[[promises]]")])
        with pytest.raises(CommandError, match="no promises"):
            call_command("replay", str(PHMSA), "--map", str(tmp_path / "map.toml"), "--policies", "map")


CARD = Opening(kind="general_request", subject="card", channel="hall", classification="card")


@pytest.fixture
def promises(db):
    """An answer in hall hours, within a time that depends on what it is about."""
    HallHoursFactory(country="")
    town = {"calendar": "hall", "family": "answer", "stops_on": ["case.answered"]}
    PromiseVersionFactory(promise__key="T1", promise__kind="reply", limit="PT4H", selects={"classification": ["card"]}, **town)
    PromiseVersionFactory(promise__key="T2", promise__kind="reply", limit="PT12H", selects={"classification": ["bill"]}, **town)


def extend(case, staff, at):
    """More time, as if somebody had approved it."""
    clock = Clock.objects.get()
    asked = {"reason": Extension.Reason.PARTS, "explanation": "a part is missing", "asked_by": staff, "asked_at": at}
    until = {"was_due_at": clock.due_at, "due_at": clock.due_at + 48 * HOUR, "status": Extension.Status.APPROVED}
    wish = Extension.objects.create(clock=clock, timeline_id=case.timeline_id, approver_role="supervisor", **asked, **until)
    record(timeline_id=case.timeline_id, steps=[Step("case.extended", {"promise": "T1", "extension": wish.pk})], by=BY, at=at)


class TestWhatHappenedHere:
    @pytest.mark.parametrize(
        "happened",
        [
            [],
            [("case.answered", 2)],
            [("case.waiting_for_customer", 1), ("case.customer_answered", 30), ("case.answered", 40)],
            [("case.waiting_for_customer", 1)],
            [("case.answered", 2), ("case.reopened", 5)],
            [("case.answered", 60), ("case.reopened", 70)],
            [("change", 1), ("case.answered", 90)],
            [("case.cancelled", 3)],
            [("extend", 1), ("case.answered", 60)],
        ],
    )
    def test_a_replay_says_what_the_clocks_say(self, promises, fang, now, happened):
        case = open_case(opening=CARD, by=fang.user, at=now)
        for verb, hours in happened:
            at = now + hours * HOUR
            if verb == "change":
                change_case(case=case, by=fang.user, at=at, classification="bill")
            elif verb == "extend":
                extend(case, fang, at)
            else:
                record(timeline_id=case.timeline_id, steps=[Step(verb, {})], by=BY, at=at)
        [story] = stories_between(now - HOUR, now + HOUR)
        outcomes = simulate(story, policies_at(now), until=now + 1000 * HOUR)
        told = [(one.policy.key, one.deadline.due_at, one.history.stopped_at, one.history.is_withdrawn) for one in outcomes]
        clocks = Clock.objects.select_related("version").order_by("pk")
        # A clock keeps the name it began under; its version says what it runs under now.
        rows = [(c.version.promise_id, c.due_at, c.stopped_at, c.status == Clock.Status.WITHDRAWN) for c in clocks]
        assert told == rows
        assert rows

    def test_it_is_a_command_too(self, promises, fang, now, capsys):
        open_case(opening=CARD, by=fang.user, at=now)
        assert "T1, version 1" in printed(capsys, "--days", "36500")
