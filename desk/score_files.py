"""The open score as files: CSV and JSON with the numbers of the page, and the schema of the JSON. Names of columns stay."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from .queries.scores import Score
from .score_figures import COLUMNS, as_rows
from .score_words import MEASURES, SECTIONS, UNITS

LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
#: What comes before the figure's own columns in CSV.
HEAD = ("month", "status", "edition")
_NUMBER = {"type": ["number", "null"]}


def as_csv(scores: Iterable[Score]) -> str:
    """One line for each number of each month."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*HEAD, *COLUMNS))
    for score in scores:
        head = (f"{score.month:%Y-%m}", status_of(score), score.row.edition)
        for row in as_rows(score.figures):
            writer.writerow((*head, *(_cell(row[name]) for name in COLUMNS)))
    return text.getvalue()


def as_json(score: Score, publisher: str) -> dict[str, Any]:
    """One month. Whoever recomputes the seal takes month, edition, seal_before and figures (docs/quality.md)."""
    row = score.row
    before = next((one.seal for one in score.editions if one.edition == row.edition - 1), "")
    return {
        "month": f"{score.month:%Y-%m}",
        "status": status_of(score),
        "edition": row.edition,
        "as_of": row.made_at.isoformat(),
        "correction": row.reason,
        "seal": row.seal,
        "seal_before": before,
        "publisher": publisher,
        "licence": LICENCE,
        "figures": as_rows(score.figures),
    }


def status_of(score: Score) -> str:
    """``sealed`` or ``provisional``."""
    return "sealed" if score.row.is_sealed else "provisional"


def schema(address: str) -> Mapping[str, Any]:
    """What the JSON of a month looks like (JSON Schema 2020-12)."""
    measures = sorted({measure for own in MEASURES.values() for measure in own})
    figure = {
        "section": {"enum": list(SECTIONS)},
        "item": {"type": "string", "description": "all, a chapter, a promise (T01 to T98, H01 to H05), or a kind"},
        "measure": {"enum": measures},
        "value": {**_NUMBER, "description": "null: nothing to count, or withheld"},
        "unit": {"enum": list(UNITS)},
        "basis": {"type": ["integer", "null"], "description": "how many matters stand behind it"},
        "withheld": {"type": "boolean", "description": "fewer than five matters stand behind it"},
    }
    month = {
        "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
        "status": {"enum": ["sealed", "provisional"]},
        "edition": {"type": "integer", "minimum": 0, "description": "0: provisional"},
        "as_of": {"type": "string", "format": "date-time"},
        "correction": {"type": "string"},
        "seal": {"type": "string", "description": "SHA-256 in hexadecimal; empty while provisional"},
        "seal_before": {"type": "string"},
        "publisher": {"type": "string"},
        "licence": {"const": LICENCE},
        "figures": {"type": "array", "items": _object(figure)},
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": address, "title": "Open service score", **_object(month)}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def _cell(value: object) -> object:
    """As JSON writes it, so that a number is the same text in both."""
    return "" if value is None else json.dumps(value) if isinstance(value, bool | float) else value
