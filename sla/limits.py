"""Codes of time limits, as the promise book writes them: PT4H, P3D+, P1WD, COB, -P2D, P1W/10% and the words that are no number."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    """How a limit is measured."""

    INSTANT = "instant"  # P0, PT0S: on the spot, at once; the policy says how much grace that has
    TIME = "time"  # PT4H: so much of the calendar's time
    DAYS = "days"  # P3D: the same clock time so many days later
    DAYS_INCLUSIVE = "days_inclusive"  # P3D+: the first day counts; due when work ends on the last
    WORKING_DAYS = "working_days"  # P1WD
    CLOSE = "close"  # COB: before work ends the same day
    NEXT_START = "next_start"  # NBD0: when work starts on the next working day
    LEAD = "lead"  # -P2D: so long before an event, to the second
    RINGS = "rings"  # RING3
    MONTHS = "months"  # P12M: so many months since the last one
    PERIOD = "period"  # P1M, P3M, P6M, P1W, P1Y: once in each calendar month, quarter, half-year, week, year
    AGREED = "agreed"  # agreed, planned, at, event: a moment somebody named
    UNTIMED = "untimed"  # no number: a rule to be read


@dataclass(frozen=True)
class Limit:
    """A limit read from its code. ``count`` is days, months, rings, or months of a period (0: a week); ``share`` is in percent."""

    code: str
    kind: Kind
    time: timedelta = timedelta(0)
    count: int = 0
    share: int | None = None

    @property
    def is_timed(self) -> bool:
        return self.kind is not Kind.UNTIMED

    @property
    def needs_a_moment(self) -> bool:
        """Whether it is measured from a moment that somebody must name: a visit agreed, an interruption planned."""
        return self.kind in {Kind.LEAD, Kind.AGREED}


class BadLimit(ValueError):
    """The code is none that we know."""


AGREED = {"agreed", "planned", "at", "event"}
UNTIMED = {"", "ref", "gate", "order", "form", "start-shift"}
FIXED = {"P0": Kind.INSTANT, "PT0S": Kind.INSTANT, "COB": Kind.CLOSE, "NBD0": Kind.NEXT_START}
PERIODS = {"P1W": 0, "P1M": 1, "P3M": 3, "P6M": 6, "P1Y": 12}
_SHARE = re.compile(r"(?P<code>[^/]+)/(?P<share>\d{1,3})%")
_TIME = re.compile(r"(?P<lead>-?)P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?")
_COUNTED = (
    (re.compile(r"P(\d+)D"), Kind.DAYS),
    (re.compile(r"P(\d+)D\+"), Kind.DAYS_INCLUSIVE),
    (re.compile(r"P(\d+)WD"), Kind.WORKING_DAYS),
    (re.compile(r"P(\d+)M"), Kind.MONTHS),
    (re.compile(r"RING(\d+)"), Kind.RINGS),
)


def parse(code: str) -> Limit:
    """A limit from its code; an empty one is a promise without a number. Raises BadLimit."""
    if code in UNTIMED:
        return Limit(code, Kind.UNTIMED)
    if code in AGREED:
        return Limit(code, Kind.AGREED)
    if shared := _SHARE.fullmatch(code):
        whole = parse(shared["code"])
        return Limit(code, whole.kind, whole.time, whole.count, _share(code, int(shared["share"])))
    if code in FIXED:
        return Limit(code, FIXED[code])
    if code in PERIODS:
        return Limit(code, Kind.PERIOD, count=PERIODS[code])
    return _counted(code) or _timed(code)


def _share(code: str, percent: int) -> int:
    if not 0 < percent <= 100:
        raise BadLimit(code)
    return percent


def _counted(code: str) -> Limit | None:
    for pattern, kind in _COUNTED:
        if (found := pattern.fullmatch(code)) and int(found[1]) > 0:
            return Limit(code, kind, count=int(found[1]))
    return None


def _timed(code: str) -> Limit:
    found = _TIME.fullmatch(code)
    if found is None:
        raise BadLimit(code)
    amount = duration(code.removeprefix("-"))
    return Limit(code, Kind.LEAD if found["lead"] else Kind.TIME, time=amount)


def duration(code: str) -> timedelta:
    """A length of time to the second, from PT30M, PT1H30M, P2D (48 hours). Raises BadLimit."""
    found = _TIME.fullmatch(code)
    if found is None or found["lead"]:
        raise BadLimit(code)
    units = {unit: int(found[unit] or 0) for unit in ("days", "hours", "minutes", "seconds")}
    amount = timedelta(**units)
    if not amount and code != "PT0S":
        raise BadLimit(code)
    return amount
