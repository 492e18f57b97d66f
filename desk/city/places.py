"""The county as it is: towns from the division file, and what we make up about them (area kind, share of people, hall)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from accounts.models import Area

DATA = Path(__file__).resolve().parents[2] / "data"
NORTH, SOUTH, GOVERNMENT = "LL01", "LL02", "LL90"

#: Town -> area kind, share of all accounts, hall that looks after it.
_KNOWN = {
    "卞庄街道": (Area.URBAN, 34, NORTH),
    "苍山街道": (Area.URBAN, 16, NORTH),
    "兰陵镇": (Area.SUBURBAN, 11, SOUTH),
    "大仲村镇": (Area.SUBURBAN, 4, NORTH),
    "向城镇": (Area.SUBURBAN, 5, SOUTH),
    "尚岩镇": (Area.SUBURBAN, 4, SOUTH),
    "南桥镇": (Area.RURAL, 3, SOUTH),
    "新兴镇": (Area.RURAL, 2, SOUTH),
    "长城镇": (Area.RURAL, 3, SOUTH),
    "庄坞镇": (Area.RURAL, 3, SOUTH),
}
_ANY = (Area.RURAL, 2, NORTH)


@dataclass(frozen=True)
class Town:
    """One of the county's towns."""

    code: str
    name: str
    area: Area
    weight: int
    hall: str


@cache
def divisions() -> dict[str, Any]:
    """The division file: province, city, county, towns."""
    content: dict[str, Any] = json.loads((DATA / "divisions" / "lanling.json").read_text(encoding="utf-8"))
    return content


def chain() -> Iterator[dict[str, Any]]:
    """Province, city, county: each with level, name and code."""
    node = divisions()
    while node["level"] != "town":
        yield node
        node = node["children"][0]


@cache
def towns() -> tuple[Town, ...]:
    """All towns, in the order of their codes."""
    county = list(chain())[-1]
    return tuple(Town(t["code"], t["name"], *_KNOWN.get(t["name"], _ANY)) for t in county["children"])


@cache
def address_prefix() -> str:
    """山东省临沂市兰陵县."""
    return "".join(node["name"] for node in chain())
