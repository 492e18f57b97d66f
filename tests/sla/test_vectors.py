"""docs/clock-vectors.csv, the published examples of the clock algebra: every row is worked out by the engine."""

import csv
from datetime import datetime, time
from pathlib import Path

import pytest

from sla import algebra
from sla.deadlines import Extension, Readings, Rule, Rung, compute
from sla.limits import parse

from .calendars import ALWAYS, HALL, HALL_2, NEW_YORK

VECTORS = Path(__file__).parents[2] / "docs" / "clock-vectors.csv"
CALENDARS = {"hall": HALL, "hall-2": HALL_2, "24x7": ALWAYS, "desk": NEW_YORK}
LADDER = tuple(Rung(name) for name in ("50%", "80%", "100%", "150%"))
REFUSALS = (algebra.SafetyClock, algebra.TooLate, algebra.AlreadyEnded, algebra.NotLonger)


def rows():
    with VECTORS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Course:
    """One row, walked happening by happening."""

    def __init__(self, row):
        self.rule = rule(row["promise"])
        self.zone = self.rule.calendar.zone_info
        self.history = algebra.begin(self.rule, self.moment(row["started"]))
        self.outcome, self.beside = "", {}
        for happening in filter(None, row["happened"].split("; ")):
            day, clock, verb, *rest = happening.split(" ")
            try:
                getattr(self, verb.replace("-", "_"))(self.moment(f"{day} {clock}"), rest)
            except REFUSALS:
                self.outcome = "refused"

    def moment(self, text):
        return datetime.fromisoformat(text).replace(tzinfo=self.zone)

    def pause(self, at, _rest):
        self.history = algebra.pause(self.rule, self.history, at)

    def resume(self, at, _rest):
        self.history = algebra.resume(self.history, at)

    def late_pause(self, at, rest):
        self.history = algebra.late_pause(self.rule, self.history, at, self.moment(" ".join(rest[1:])))

    def extend(self, at, rest):
        how, what = rest[0], " ".join(rest[1:])
        named = Extension(at, until=self.moment(what)) if how == "until" else Extension(at, what, how)
        self.history = algebra.extend(self.rule, self.history, named)

    def change(self, at, rest):
        self.rule = rule(" ".join(rest))
        self.history = algebra.change(self.rule, self.history, at)

    def split(self, at, rest):
        self.rule = rule(" ".join(rest))
        self.history = algebra.split(self.rule, self.history, at)

    def hand_over(self, _at, _rest):
        self.history = algebra.hand_over(self.history)

    def agree(self, _at, rest):
        self.history = algebra.agree(self.history, self.moment(" ".join(rest)))

    def stop(self, at, _rest):
        self.history = algebra.stop(self.history, at)

    def withdraw(self, at, _rest):
        self.history = algebra.withdraw(self.history, at)

    def reopen(self, at, _rest):
        reopened = algebra.reopen(self.rule, self.history, at)
        self.history, self.outcome = reopened.history, "fresh" if reopened.is_fresh else ""

    def merge(self, _at, rest):
        turn, absorbed = rest[0], algebra.begin(self.rule, self.moment(" ".join(rest[1:])))
        if turn == "started":
            self.history = algebra.merge(self.rule, self.history, absorbed)
        else:
            self.beside[turn] = algebra.merge(self.rule, self.beside.get(turn), absorbed)

    def ends(self):
        deadline, stopped_at = compute(self.rule, self.history), self.history.stopped_at
        outcome = self.outcome or self.standing(deadline, stopped_at)
        dues = [deadline.due_at, *(compute(self.rule, one).due_at for one in self.beside.values())]
        due = " and ".join(f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}" for moment in dues if moment)
        voids = algebra.voided(deadline, stopped_at) if stopped_at and outcome != "refused" else ()
        return outcome, due, voids

    def standing(self, deadline, stopped_at):
        if self.history.is_withdrawn:
            return "withdrawn"
        if stopped_at:
            return "kept" if deadline.is_kept(stopped_at) else "broken"
        if self.history.is_paused:
            return "waiting"
        return "running" if deadline.due_at else "no moment"


def rule(text):
    """A rule from "PT4H hall cut=17:00 hours=all safety"."""
    code, calendar, *more = text.split(" ")
    named = dict(one.split("=") for one in more if "=" in one)
    cut_off, version = named.pop("cut", ""), int(named.pop("version", "1"))
    return Rule(
        None,
        parse(code),
        CALENDARS[calendar],
        time.fromisoformat(cut_off) if cut_off else None,
        LADDER,
        "safety" in more,
        Readings.parse(named),
        version=version,
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['id']} {row['what']}")
def test_the_published_example_holds(row):
    outcome, due, voids = Course(row).ends()
    assert (outcome, due) == (row["outcome"], row["due"])
    if row["voids"]:
        assert list(voids) == row["voids"].split(" ")


def test_the_table_covers_every_rule_of_the_page():
    page = (VECTORS.parent / "clock-algebra.md").read_text(encoding="utf-8")
    ruled = {line.split(".")[0].removeprefix("## ") for line in page.splitlines() if line.startswith("## ") and line[3].isdigit()}
    assert ruled == {row["rule"] for row in rows()}
    assert len(rows()) >= 40


def test_rows_have_their_own_number():
    numbers = [row["id"] for row in rows()]
    assert numbers == [f"V{number:02}" for number in range(1, len(numbers) + 1)]
