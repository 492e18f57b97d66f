"""The default plans as a file: connections/plans.json, read into plain values. Pure.

Stages, papers and fees that several kinds have are written once and named by their key; what a plan says beside the key wins.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("plans.json")
PARTS = ("stages", "papers", "fees")


@dataclass(frozen=True)
class PlanFile:
    """How one kind of application goes, as the file has it; ``rows`` are columns of stages, papers and fees, in their order."""

    kind: str
    texts: Mapping[str, Any]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]


def plans(file: Path = FILE) -> list[PlanFile]:
    """The plan of every kind."""
    found = json.loads(file.read_text(encoding="utf-8"))
    return [
        PlanFile(plan["kind"], {"intro": plan["intro"], **found["texts"]}, {part: _rows(part, plan[part], found[part]) for part in PARTS})
        for plan in found["plans"]
    ]


def _rows(part: str, named: Sequence[Mapping[str, Any]], shared: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    # A stage says where it stands, because several may stand at one place; papers and fees stand as they are listed.
    places = [{} if part == "stages" else {"position": number} for number in range(1, len(named) + 1)]
    return [{**place, **shared[row["key"]], **row} for place, row in zip(places, named, strict=True)]
