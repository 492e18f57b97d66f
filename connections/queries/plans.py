"""Plans as lists and single versions show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .. import plan_rules
from ..models import ConnectionKind, PolicyVersion
from ..plan_differences import Difference, differences
from ..plan_rules import Problem
from ..stage_dates import place
from . import plan_contents


@dataclass(frozen=True)
class PlanLine:
    """One kind: the version in force, those to come, and the drafts."""

    kind: ConnectionKind
    in_force: PolicyVersion | None
    to_come: Sequence[PolicyVersion]
    drafts: Sequence[PolicyVersion]


@dataclass(frozen=True)
class Page:
    """One version: its rows in the order of the way, what keeps it from coming into force, and what it says differently from ``base``."""

    version: PolicyVersion
    base: PolicyVersion | None
    rows: dict[str, list[Any]]
    problems: list[Problem]
    changes: list[Difference]
    seen: str


def plan_lines(at: datetime) -> list[PlanLine]:
    """All kinds; one query."""
    known = list(PolicyVersion.objects.order_by("number"))
    return [_line(kind, [one for one in known if one.kind == kind], at) for kind in ConnectionKind]


def page_of(version: PolicyVersion, at: datetime) -> Page:
    """A version beside the one that holds when it begins; beside the one before it, where it holds itself."""
    base = _base(version, at)
    said = plan_contents.contents(version)
    return Page(
        version=version,
        base=base,
        rows={
            "stages": sorted(version.stages.all(), key=lambda row: (*place(row), row.pk)),
            "papers": list(version.papers.all()),
            "fees": list(version.fees.all()),
        },
        problems=plan_rules.problems(said) if version.is_draft else [],
        changes=differences(plan_contents.contents(base), said) if base else [],
        seen=plan_contents.digest(version),
    )


def _base(version: PolicyVersion, at: datetime) -> PolicyVersion | None:
    others = PolicyVersion.objects.exclude(pk=version.pk)
    if version.effective_from is None:
        return others.in_force(version.kind, at).first()
    return others.filter(kind=version.kind, effective_from__lt=version.effective_from).order_by("-effective_from").first()


def _line(kind: ConnectionKind, known: Sequence[PolicyVersion], at: datetime) -> PlanLine:
    dated = [(one.effective_from, one) for one in known if one.effective_from is not None]
    begun = [pair for pair in dated if pair[0] <= at]
    return PlanLine(
        kind=kind,
        in_force=max(begun, key=lambda pair: pair[0])[1] if begun else None,
        to_come=[one for moment, one in dated if moment > at],
        drafts=[one for one in known if one.effective_from is None],
    )
