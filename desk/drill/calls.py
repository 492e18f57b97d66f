"""The calls of an evening, from what a fire department really received, and what each would be as a report to a gas company. Pure."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

#: Type of call -> fault and what the caller says to triage. Doctors and rescuers are not ours: what is not named is left out.
_FAULTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Gas Leak (Natural and LP Gases)": ("leak", {"smell": "yes", "hiss": "yes", "valve": "no"}),
    "Odor (Strange / Unknown)": ("leak", {"smell": "yes", "hiss": "no", "people": "no", "ignition": "no"}),
    "HazMat": ("leak", {"smell": "yes"}),
    "Fuel Spill": ("leak", {"smell": "yes"}),
    "Structure Fire": ("leak", {"smell": "unknown", "ignition": "yes"}),
    "Smoke Investigation (Outside)": ("leak", {"smell": "unknown", "hiss": "no"}),
    "Outside Fire": ("pipe", {"smell": "no", "hiss": "no", "people": "no"}),
    "Vehicle Fire": ("pipe", {"smell": "no", "hiss": "no", "people": "no"}),
    "Traffic Collision": ("pipe", {"hiss": "yes"}),
    "Industrial Accidents": ("pipe", {"hiss": "yes"}),
    "Alarms": ("appliance", {"smell": "unknown", "hiss": "no", "people": "no"}),
    "Electrical Hazard": ("no_gas", {"smell": "no", "neighbours": "yes"}),
    "Citizen Assist / Service Call": ("meter", {"smell": "no", "hiss": "no"}),
    "Other": ("other", {"smell": "no", "hiss": "no", "people": "no"}),
}
#: Where nobody wrote down how long they took.
_USUAL_WAY = timedelta(minutes=8)


@dataclass(frozen=True)
class Call:
    """One report: how long after the drill began, what is wrong, what is said, and how long the way takes."""

    number: int
    after: timedelta
    type: str
    fault: str
    answers: Mapping[str, str]
    way: timedelta


def read_calls(file: Path, *, since: datetime, until: datetime, most: int | None = None) -> list[Call]:
    """The calls of a gas company between two moments of the file's clock, the first so many of them."""
    with file.open(encoding="utf-8") as lines:
        found = list(_calls(csv.DictReader(lines), since, until))
    return found[:most]


def _calls(rows: "csv.DictReader[str]", since: datetime, until: datetime) -> Iterator[Call]:
    number = 0
    for row in rows:
        received = datetime.fromisoformat(row["received"])
        if not since <= received < until or row["call_type"] not in _FAULTS:
            continue
        fault, answers = _FAULTS[row["call_type"]]
        way = timedelta(seconds=int(row["seconds_to_scene"])) if row["seconds_to_scene"] else _USUAL_WAY
        yield Call(number, received - since, row["call_type"], fault, answers, way)
        number += 1
