"""The trace in words."""

import re
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.utils import translation

import sla
from sla import algebra
from sla.deadlines import Extension, History, Readings, Rule, compute
from sla.explanations import _CUSTOMER, _STAFF, for_customer, for_staff
from sla.limits import parse
from sla.wording import length_in_words, limit_in_words, moment_in_words

from .calendars import ALWAYS, HALL, NEVER, sh
from .test_limits import BOOK

RULE = Rule(parse("PT30M"), parse("PT4H"), HALL, time(17), promise="T65", version=3)
FRIDAY = sh("2026-11-20 17:12")
NAMES = {"hall": "Hall hours", "T65": "Restoration in town"}


def test_a_clerk_reads_every_step():
    assert for_staff(compute(RULE, History(FRIDAY, event="case.opened")).steps, NAMES) == [
        "Promise Restoration in town, version 3.",
        "Time is counted by the calendar “Hall hours”, version 1 (clock of Asia/Shanghai).",
        "It began on Fri 20 Nov 2026, 17:12: case.opened.",
        "That is not before 17:00, so time counts from the next start of work: Mon 23 Nov 2026, 08:30.",
        "The limit is within 4 hours: counted from Mon 23 Nov 2026, 08:30, that is Mon 23 Nov 2026, 14:00.",
        "Hours counted: Mon 23 Nov 2026 08:30–12:00, 13:30–14:00 (4 hours).",
        "It is due on Mon 23 Nov 2026, 14:00.",
        "The target is earlier, within 30 minutes: Mon 23 Nov 2026, 09:00.",
    ]


def test_a_customer_reads_what_concerns_them():
    history = algebra.resume(algebra.pause(RULE, algebra.begin(RULE, FRIDAY), sh("2026-11-23 09:00")), sh("2026-11-23 10:00"))
    assert for_customer(compute(RULE, history).steps) == [
        "This promise began on Fri 20 Nov 2026, 17:12.",
        "That is not before 17:00, so time counts from the next start of work: Mon 23 Nov 2026, 08:30.",
        "From Mon 23 Nov 2026, 09:00 to Mon 23 Nov 2026, 10:00 we waited for you or for papers; that time does not count.",
        "We promise it by Mon 23 Nov 2026, 15:00.",
    ]


def test_holidays_are_called_by_their_name():
    told = for_staff(compute(replace(RULE, cut_off=None), History(sh("2026-12-29 17:00"))).steps)
    assert "Days off on the way: Wed 30 Dec 2026 (Day of Gas)." in told
    told = for_staff(compute(replace(RULE, cut_off=None), History(sh("2026-12-30 10:00"))).steps)
    assert "That is a holiday (Day of Gas), so time counts from the next start of work: Thu 31 Dec 2026, 08:30." in told


def test_long_walks_are_summed_up():
    told = " ".join(for_staff(compute(replace(RULE, limit=parse("PT800H")), History(FRIDAY)).steps))
    assert "and 76 days more." in told
    told = " ".join(for_staff(compute(replace(RULE, limit=parse("P90WD")), History(FRIDAY)).steps))
    assert re.search(r"Days off on the way: .*and \d+ days more\.", told)


def test_a_target_alone_is_called_one():
    told = for_staff(compute(replace(RULE, limit=None, cut_off=None), History(sh("2026-11-20 09:00"))).steps)
    assert "The target is within 30 minutes: counted from Fri 20 Nov 2026, 09:00, that is Fri 20 Nov 2026, 09:30." in told


def histories():
    """Rules and histories that between them take every step there is."""
    days, begun = Rule(None, parse("P3D+"), HALL, readings=Readings(days="working")), algebra.begin(RULE, FRIDAY)
    safety = Rule(None, parse("PT1H"), ALWAYS, is_safety=True, promise="T06", version=1)
    waited = algebra.resume(algebra.pause(days, algebra.begin(days, FRIDAY), sh("2026-11-23 09:00")), sh("2026-11-23 10:00"))
    yield RULE, History(FRIDAY)
    yield days, waited
    yield RULE, algebra.pause(RULE, begun, sh("2026-11-23 09:00"))
    yield (
        RULE,
        replace(
            begun,
            extensions=(Extension(FRIDAY, "PT8H"), Extension(FRIDAY, "PT1H", "added"), Extension(FRIDAY, until=sh("2026-12-01 09:00"))),
        ),
    )
    yield safety, replace(begun, extensions=(Extension(FRIDAY, "PT8H"),))
    yield safety, algebra.change(safety, begun, sh("2026-11-23 13:00"))
    yield safety, algebra.change(safety, begun, sh("2026-11-24 13:00"))
    yield replace(RULE, cut_off=None), History(sh("2026-12-31 18:00"))
    yield replace(RULE, limit=parse("PT9H")), History(sh("2026-12-31 10:00"))
    yield replace(RULE, limit=parse("P2WD"), readings=Readings(start="clock_time")), History(sh("2026-11-21 10:00"))
    yield replace(RULE, limit=parse("agreed"), target=None), History(FRIDAY)
    yield replace(RULE, calendar=NEVER, cut_off=None), History(FRIDAY)
    yield replace(RULE, limit=parse("PT20H")), History(sh("2027-12-31 10:00"))


SOURCE = "".join(path.read_text(encoding="utf-8") for path in Path(sla.__file__).parent.glob("*.py"))
CODES = set(re.findall(r"""(?:Step|_tell)\(\s*"(\w+)\"""", SOURCE))


def test_every_step_that_is_taken_has_a_sentence():
    taken = {step.code for rule, history in histories() for step in compute(rule, history).steps}
    # Told by the engine when a year becomes known, not by a computation (test_guesses.py).
    assert taken | {"year_entered"} == CODES == set(_STAFF)
    assert set(_CUSTOMER) < CODES


def test_no_sentence_shows_a_key_or_a_raw_moment():
    for rule, history in histories():
        for sentence in (*for_staff(compute(rule, history).steps), *for_customer(compute(rule, history).steps)):
            assert not re.search(r"T\d\d:|%\(|[{}]", sentence)


@pytest.mark.parametrize("code", BOOK)
def test_every_limit_can_be_said(code):
    said = limit_in_words(parse(code))
    assert said
    assert "%(" not in said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("PT1H30M", "within 1 hour 30 minutes"),
        ("P3D+", "within 3 days, the first one counted"),
        ("P1WD", "within 1 working day"),
        ("-P2D", "at least 2 days (48 hours) before"),
        ("-PT30H", "at least 30 hours before"),
        ("P1W/10%", "once a week, a sample of at least 10 %"),
        ("P12M", "within 12 months of the last time"),
    ],
)
def test_limits_read_as_people_say_them(code, said):
    assert limit_in_words(parse(code)).replace("\u00a0", " ") == said


def test_moments_and_lengths_follow_the_language():
    with translation.override("zh-hans"):
        assert moment_in_words(FRIDAY) == "2026年11月20日周五 17:12"
    with translation.override("ru"):
        assert moment_in_words(FRIDAY) == "пт 20.11.2026, 17:12"


def test_seconds_are_shown_when_there_are_any():
    assert moment_in_words(sh("2026-11-20 17:12:05")).endswith("17:12:05")
    assert length_in_words(timedelta(0)) == "0 minutes"
    assert length_in_words(timedelta(seconds=5)).replace("\u00a0", " ") == "5 seconds"
