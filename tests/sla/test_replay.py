"""Logs of others, run through our engine: it must agree with what they say of themselves."""

import csv
import gzip
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sla.books import PolicyBook
from sla.deadlines import History, compute, due
from sla.log_maps import BadMap, Dirty, moment, read_map, stories
from sla.replay import Replay
from sla.replay_report import CLOCK_COLUMNS, clock_row, report

DATA = Path(__file__).parents[2] / "data"
UNTIL = datetime(2026, 1, 1, tzinfo=UTC)


def opened(folder, name):
    log_map = read_map((DATA / folder / "map.toml").read_text(encoding="utf-8"))
    opener = gzip.open if name.endswith(".gz") else open
    with opener(DATA / folder / name, "rt", encoding="utf-8", newline="") as file:
        return log_map, list(csv.DictReader(file))


def replayed(log_map, rows):
    book = PolicyBook(log_map.edition, UNTIL, log_map.calendars.__getitem__)
    return Replay(book, until=UNTIL, checks=log_map.checks, zone=log_map.zone).take_all(stories(log_map, rows))


@pytest.fixture(scope="module")
def requests():
    return opened("boston311", "requests.csv.gz")


class TestOracles:
    """Every row of the Boston file, by the arithmetic alone."""

    def test_a_on_time_is_exactly_closed_by_the_target(self, requests):
        log_map, rows = requests
        rule = published(log_map)
        complete = [row for row in rows if row["target"] and row["closed"] and row["verdict"]]
        disagreeing = [row["id"] for row in complete if (row["verdict"] == "ONTIME") != is_kept(rule, row, log_map.zone)]
        assert (len(complete), disagreeing) == (25_101, [])

    def test_b_the_calendar_makes_the_same_target(self, requests):
        log_map, rows = requests
        zone, rules = log_map.zone, computed(log_map)
        promised = [row for row in rows if row["business_days"] and row["target"]]
        gaps = [due(moment(row["opened"], zone), rules[row["business_days"]]) - moment(row["target"], zone) for row in promised]
        same = sum(abs(gap) <= timedelta(seconds=90) for gap in gaps)
        assert (len(promised), same) == (20_505, 20_316)
        assert same / len(promised) >= 0.99


def published(log_map):
    [policy] = [one for one in log_map.edition.by_version.values() if one.key == "published"]
    return policy.rule(log_map.calendars[policy.calendar])


def is_kept(rule, row, zone):
    opened_at, target, closed = (moment(row[name], zone) for name in ("opened", "target", "closed"))
    return compute(rule, History(opened_at, anchor_at=target)).is_kept(closed)


def computed(log_map):
    policies = [one for one in log_map.edition.by_version.values() if one.family == "computed"]
    return {next(iter(one.selects["classification"])): one.rule(log_map.calendars[one.calendar]) for one in policies}


@pytest.fixture(scope="module")
def eighth(requests):
    log_map, rows = requests
    return replayed(log_map, rows[::8]), rows[::8]


class TestBoston:
    """Every eighth row, through everything a replay does."""

    def test_every_row_is_used(self, eighth):
        replay, rows = eighth
        assert (replay.rows, replay.dirty) == (len(rows), [])

    def test_both_oracles_hold(self, eighth):
        published, computed = eighth[0].agreements
        assert set(published.verdicts) == set(published.dues) == {True}
        assert computed.dues[True] / computed.dues.total() >= 0.99

    def test_what_differs_is_named(self, eighth):
        _published, computed = eighth[0].agreements
        assert len(computed.examples) == min(20, computed.dues[False])
        assert {promise for _story, promise, _said in computed.examples} == {"computed"}

    def test_the_report_says_how_far_the_log_agrees(self, eighth):
        replay, _rows = eighth
        text = "\n".join(report(replay, "Boston"))
        published, computed = (agreement.dues.total() for agreement in replay.agreements)
        assert f"Due moment of published, within 0 s of the log's: {published:,} of {published:,} (100.00 %)" in text
        assert re.search(rf"Due moment of computed, within 90 s of the log's: [\d,]+ of {computed:,} \(99\.\d\d %\)", text)
        assert re.search(r"Verdict of published as in the log: .* \(100\.00 %\)", text)
        assert text.count("  differs: ") == len(replay.agreements[1].examples)
        assert "(would be: compensation is off)" in text

    def test_the_cost_is_what_compensation_would_be(self, eighth):
        tally = eighth[0].tallies["2 working days", 1]
        assert tally.verdicts["broken"] * 1000 <= tally.cost <= tally.verdicts["broken"] * 5000
        assert not tally.is_paid


@pytest.mark.long
def test_the_whole_of_boston_replays(requests):
    replay = replayed(*requests)
    published, computed = replay.agreements
    assert (replay.rows, published.verdicts, published.dues) == (31_828, {True: 25_101}, {True: 26_815})
    assert computed.dues == {True: 20_316, False: 189}
    assert (replay.tallies["2 working days", 1].verdicts, replay.tallies["2 working days", 1].cost) == (
        {"kept": 9849, "broken": 868},
        3_184_000,
    )


@pytest.fixture(scope="module")
def phmsa():
    log_map, rows = opened("phmsa", "incidents.csv")
    return replayed(log_map, rows), rows


class TestPhmsa:
    def test_arrivals_within_30_and_60_minutes(self, phmsa):
        tally = phmsa[0].tallies["arrival", 1]
        assert (tally.share_on_target(), tally.share_kept()) == ((551, 724), (694, 724))

    def test_they_are_what_plain_subtraction_says(self, phmsa):
        _replay, rows = phmsa
        both = [(row["identified"], row["on_site"]) for row in rows if row["identified"] and row["on_site"]]
        minutes = [(datetime.fromisoformat(end) - datetime.fromisoformat(start)) / timedelta(minutes=1) for start, end in both]
        usable = [count for count in minutes if 0 <= count <= 1440]
        assert (len(usable), sum(count <= 30 for count in usable), sum(count <= 60 for count in usable)) == (724, 551, 694)

    def test_the_rest_is_listed_as_dirty(self, phmsa):
        replay, rows = phmsa
        assert len(replay.dirty) == len(rows) - 724
        assert Counter(dirt.reason for dirt in replay.dirty) == {"backwards": 17, "missing": 9, "too long": 1}
        assert replay.dirty[0] == Dirty(13, "20100012", "missing", "on_site")

    def test_the_report_says_so(self, phmsa):
        text = "\n".join(report(phmsa[0], "PHMSA"))
        assert "751 rows, 724 replayed, 27 dirty" in text
        assert "in target   551 of 724 (76.10 %)" in text
        assert "in limit    694 of 724 (95.86 %)" in text
        assert "line 550, 20150027: backwards -26 min" in text


MAP = """
[log]
zone = "Asia/Shanghai"
key = "id"
[attributes]
kind = "=repair"
area = "where"
[[events]]
verb = "case.opened"
at = "opened"
required = true
facts = { channel = "by" }
[[events]]
verb = "case.resolved"
at = "done"
[plausible]
least_minutes = 1
most_minutes = 600
[calendars.depot]
zone = "Asia/Shanghai"
weekly = { mon-fri = ["08:30-12:00", "13:30-17:30"], sat = ["20:00-24:00"] }
closed = [2026-11-23]
[[promises]]
key = "repair"
starts_on = ["case.opened?channel=phone"]
stops_on = ["case.resolved"]
limit = "PT4H"
calendar = "depot"
ladder = [["100%", "manager"]]
compensation = { is_on = true, amount = 2000 }
"""


def rows(*texts):
    return list(csv.DictReader(["id,where,by,opened,done", *texts]))


def read(*texts, changed=MAP):
    log_map = read_map(changed)
    book = PolicyBook(log_map.edition, UNTIL, log_map.calendars.__getitem__)
    replay = Replay(book, until=datetime(2026, 12, 31, tzinfo=UTC), zone=log_map.zone)
    outcomes = [outcome for row, story in stories(log_map, rows(*texts)) for outcome in replay.take(row, story)]
    return replay, outcomes


class TestMap:
    def test_columns_become_events_facts_and_attributes(self):
        log_map = read_map(MAP)
        [(_row, story)] = stories(log_map, rows("7,rural,phone,2026-11-20 09:00,"))
        assert (story.key, story.attributes) == ("7", {"kind": "repair", "area": "rural"})
        assert [(one.verb, one.at.isoformat(), one.facts) for one in story.happenings] == [
            ("case.opened", "2026-11-20T09:00:00+08:00", {"channel": "phone"})
        ]
        assert log_map.columns() == {"id", "where", "by", "opened", "done"}

    @pytest.mark.parametrize(
        ("row", "reason", "detail"),
        [
            ("1,,phone,,2026-11-20 09:00", "missing", "opened"),
            ("2,,phone,yesterday,", "unreadable", "yesterday"),
            ("3,,phone,2026-11-20 09:00,2026-11-20 08:00", "backwards", "-60 min"),
            ("4,,phone,2026-11-20 09:00,2026-11-20 09:00:30", "too short", "0 min"),
            ("5,,phone,2026-11-20 09:00,2026-11-21 09:00", "too long", "1440 min"),
        ],
    )
    def test_a_row_that_cannot_be_used_says_why(self, row, reason, detail):
        replay, outcomes = read(row)
        assert (outcomes, replay.dirty) == ([], [Dirty(2, row[0], reason, detail)])

    def test_a_row_in_which_nothing_happened_is_dirty(self):
        log_map = read_map(MAP.replace("required = true", ""))
        [(_row, dirt)] = stories(log_map, rows("1,,phone,,"))
        assert dirt == Dirty(2, "1", "missing", "opened")

    def test_its_own_calendar_counts(self):
        _replay, [outcome] = read("1,,phone,2026-11-20 16:30,2026-11-20 17:00")
        assert outcome.deadline.due_at == datetime(2026, 11, 21, 15, 0, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('zone = "Asia/Shanghai"\nkey', 'zone = "Mars/Olympus"\nkey'),
            ('key = "id"', ""),
            ("PT4H", "4 h"),
            ("mon-fri", "mon-someday"),
            ('"08:30-12:00"', '"12:00-08:30"'),
            ("[log]", "[log"),
            ('limit = "PT4H"', 'selects = { size = ["big"] }'),
        ],
    )
    def test_a_map_that_cannot_be_read_is_refused(self, old, new):
        with pytest.raises(BadMap):
            read_map(MAP.replace(old, new))


class TestReport:
    def test_a_clock_is_a_row_of_who_when_and_how_much(self):
        _replay, [outcome] = read("9,,phone,2026-11-20 09:00,2026-11-20 16:30")
        row = dict(zip(CLOCK_COLUMNS, clock_row(outcome), strict=True))
        assert row["due_at"] == "2026-11-20T06:30:00+00:00"
        assert row["told"] == "2026-11-20T06:30:00+00:00 100% manager"
        assert (row["verdict"], row["late_seconds"], row["cost"], row["target_met"]) == ("broken", 7200, 2000, "")

    def test_it_sums_up(self):
        replay, _outcomes = read(
            "9,,phone,2026-11-20 09:00,2026-11-20 16:30", "10,,phone,2026-11-20 09:00,2026-11-20 10:00", "11,,web,2026-11-20 09:00,"
        )
        text = "\n".join(report(replay, "Depot"))
        assert "Depot: 3 rows, 3 replayed, 0 dirty" in text
        assert "clocks      2: 1 broken, 1 kept" in text
        assert "told        1 x manager at 100%" in text
        assert "cost        20.00" in text
        assert "would be" not in text

    def test_many_dirty_rows_are_not_all_printed(self):
        replay, _outcomes = read(*(f"{number},,phone,," for number in range(40)))
        assert "\n".join(report(replay, "Depot")).endswith("and 10 more (--dirty OUT writes them all)")
