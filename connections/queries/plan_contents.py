"""What a version of a plan says, as plain values: for comparing versions, and for copying one into the next."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from ..models import FeeRow, PaperRow, PolicyVersion, StageRow
from ..plan_files import PlanFile

#: Part of a plan -> its table; the names are those of the relations.
ROWS: Mapping[str, type[Model]] = {"stages": StageRow, "papers": PaperRow, "fees": FeeRow}
_OWN = {"id", "policy"}

type Row = dict[str, Any]
type Contents = dict[str, Any]


def contents(version: PolicyVersion) -> Contents:
    """Texts and rows of a version, in the order of the plan; one query a part unless they were read before."""
    return {"texts": version.texts, **{part: [columns(row) for row in _ordered(getattr(version, part).all())] for part in ROWS}}


def of_file(plan: PlanFile) -> Contents:
    """The same of what the file says, with the defaults filled in."""
    parts = {part: [columns(model(**row)) for row in plan.rows[part]] for part, model in ROWS.items()}
    return {"texts": plan.texts, **parts}


def columns(row: Model) -> Row:
    """What one row says."""
    return {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in _OWN}


def _ordered(rows: Any) -> list[Model]:
    return sorted(rows, key=lambda row: row.pk)


def digest(version: PolicyVersion) -> str:
    """The same for the same content, dated or not."""
    said = json.dumps([version.effective_from is None, contents(version)], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()
