"""The promise book and the calendars as files: sla/promises.csv, promise_texts.csv and calendars.json, read into plain values. Pure.

Cells may hold names of defaults ("@form", "tolerance=@at_once"): they are resolved here, so that what is loaded, and
what a digest is taken of, is what holds. docs/promises.md describes the columns.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh-hans", "ru")
TEXTS = ("title", "from", "until", "text")

#: Ends every clock of a case; and waiting that only the applicant can end: the whole case waits, or one stage of several.
_CASE_ENDS = ["case.cancelled", "case.merged"]
_WAITS = {
    "@wait": (["case.waiting_for_customer"], ["case.customer_answered", "case.waiting_ended"]),
    "@stage": (["connection.stage_waits"], ["connection.stage_goes_on"]),
}
_LADDERS = {
    "@counter": "100%=hall_head",
    "@brief": "100%=supervisor 150%=branch_manager",
    "@target": "80%=owner target=supervisor",
    "@system": "100%=administrator +PT15M=supervisor",
    "@appointment": "-PT30M=owner 100%=supervisor +PT30M=branch_manager",
    "@duty": "50%=owner 80%=supervisor 100%=branch_manager",
    "@none": "",
}


class BadBook(ValueError):
    """A row of a file cannot be read; str() names the row and the column."""


@dataclass(frozen=True)
class PromiseRow:
    """One promise as the file has it: ``promise`` the fields that belong to it for good, ``version`` those of its newest version."""

    key: str
    promise: Mapping[str, str]
    version: Mapping[str, Any]

    @cached_property
    def digest(self) -> str:
        """The same for the same content."""
        content = json.dumps([self.key, self.promise, self.version], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True)
class CalendarRow:
    """One calendar as the file has it, with its hours filled in."""

    key: str
    fields: Mapping[str, Any]


def promises(defaults: Mapping[str, Any], folder: Path = FOLDER) -> list[PromiseRow]:
    """All rows, with their texts. Raises BadBook."""
    texts = _texts(folder / "promise_texts.csv")
    with (folder / "promises.csv").open(encoding="utf-8", newline="") as file:
        return [_promise(row, texts.get(row["key"], {}), defaults) for row in csv.DictReader(file)]


def calendars(defaults: Mapping[str, Any], zone: str, folder: Path = FOLDER) -> list[CalendarRow]:
    """All calendars; ``zone`` is where those without one of their own are."""
    found = json.loads((folder / "calendars.json").read_text(encoding="utf-8"))
    return [_calendar(one, defaults, zone) for one in found]


def read_windows(text: str) -> list[list[str]]:
    """``08:30-12:00,13:30-17:30`` as a list of pairs."""
    return [window.strip().split("-") for window in text.split(",") if window.strip()]


def read_ladder(text: str) -> list[list[str]]:
    """``50%=owner 100%=supervisor`` (or with commas) as a list of rung and role."""
    return [list(step.rpartition("=")[::2]) for step in text.replace(",", " ").split()]


def _texts(path: Path) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = {name: row[name] for name in TEXTS if row[name]}
            found.setdefault(row["key"], {})[row["language"]] = said
    return found


def _promise(row: Mapping[str, str], texts: Mapping[str, Mapping[str, str]], defaults: Mapping[str, Any]) -> PromiseRow:
    if missing := [language for language in LANGUAGES if not texts.get(language, {}).get("title")]:
        raise BadBook(f"{row['key']}: no title in {', '.join(missing)}")
    return PromiseRow(
        key=row["key"],
        promise={name: row[name] for name in ("kind", "nature", "source", "quote")},
        version={
            **{name: row[name] for name in ("family", "target", "limit", "calendar", "anchor", "owner")},
            "cut_off": row["cut_off"] or None,
            "is_safety": row["is_safety"] == "yes",
            "is_public": row["is_public"] == "yes",
            "texts": texts,
            "selects": _pairs(row["selects"]),
            **_events(row),
            "ladder": _ladder(row["ladder"], defaults),
            "extension": _extension(row, defaults),
            "compensation": {"is_on": False},
            "readings": _readings(row["readings"], defaults),
            # Left out where there is none: what a row says has a digest, and only a row that changed is taken over again.
            **({"part_of": row["part_of"]} if row["part_of"] else {}),
        },
    )


def _events(row: Mapping[str, str]) -> Mapping[str, list[str]]:
    pauses, resumes = _WAITS.get(row["pauses_on"], ([], []))
    withdrawn = [end for word in row["withdrawn_on"].split() for end in (_CASE_ENDS if word == "@case" else [word])]
    return {
        "starts_on": row["starts_on"].split(),
        "stops_on": row["stops_on"].split(),
        "pauses_on": pauses,
        "resumes_on": resumes,
        "withdrawn_on": withdrawn,
    }


def _ladder(cell: str, defaults: Mapping[str, Any]) -> list[list[str]]:
    named = {**_LADDERS, "@default": defaults["ladder"], "@safety": defaults["safety_ladder"]}
    return read_ladder(named.get(cell, cell))


def _extension(row: Mapping[str, str], defaults: Mapping[str, Any]) -> Mapping[str, Any]:
    if row["extension"] not in {"@form", "@appeal"}:
        return {"is_allowed": False}
    allowed = {
        "is_allowed": True,
        "times": defaults["extension_times"],
        "share": defaults["extension_share"],
        "approvers": [[50, "supervisor"], [100, "branch_manager"]],
    }
    if row["extension"] == "@form":
        return allowed
    first, more = int(row["limit"][1:-1]), 10
    # "An extension of not more than ten days": ten in all, or ten on top.
    whole = more if defaults["extension"] == "total" else first + more
    return {**allowed, "share": 0, "total": f"P{whole}D"}


def _readings(cell: str, defaults: Mapping[str, Any]) -> Mapping[str, Any]:
    """``conflict`` and ``kept_by`` are lists for people; the rest is a value each for the arithmetic, "@name" a default."""
    found: dict[str, Any] = {}
    for name, value in (one.split("=", 1) for one in cell.split()):
        if name in {"conflict", "kept_by"}:
            found[name] = value.split("|")
        else:
            found[name] = defaults[value[1:]] if value.startswith("@") else value
    return found


def _pairs(cell: str) -> Mapping[str, list[str]]:
    return {name: values.split("|") for name, values in (one.split("=", 1) for one in cell.split())}


def _calendar(one: Mapping[str, Any], defaults: Mapping[str, Any], zone: str) -> CalendarRow:
    weekly: dict[str, list[list[str]]] = {}
    if not one.get("always"):
        windows = read_windows(one.get("windows") or defaults["hours"][one["hours"]])
        weekly = {str(day): windows for day in _days(one["days"])}
    country = one.get("country", "")
    return CalendarRow(
        key=one["key"],
        fields={
            "titles": one["titles"],
            "zone": one.get("zone", zone),
            "is_always": bool(one.get("always")),
            "weekly": weekly,
            "country": defaults["country"] if country == "@" else country,
        },
    )


def _days(text: str) -> Iterable[int]:
    first, last = text.split("-")
    return range(int(first), int(last) + 1)
