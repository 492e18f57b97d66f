"""What broken promises cost, as a list by status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, QuerySet

from casework.models import Case

from .. import naming
from ..models import Compensation
from .policies import policy_of


@dataclass(frozen=True)
class CompensationLine:
    """One compensation with the title of its promise and the case it is about (None: a recurring duty)."""

    row: Compensation
    title: str
    case: Case | None

    @property
    def late(self) -> timedelta:
        return timedelta(seconds=self.row.late)


def with_status(status: str) -> "QuerySet[Compensation]":
    """Those of one status: what is credited next first, what is done newest first."""
    order = ("payable_at", "pk") if status == Compensation.Status.OWED else ("-decided_at", "-pk")
    return rows_of_all().filter(status=status).order_by(*order)


def count_by_status() -> Mapping[str, int]:
    """How many there are of each status."""
    counts = Compensation.objects.order_by("status").values_list("status").annotate(Count("pk"))
    return dict(counts)


def lines(rows: Iterable[Compensation]) -> list[CompensationLine]:
    """With their words; no query."""
    return [line_of(row) for row in rows]


def rows_of_all() -> "QuerySet[Compensation]":
    related = ("clock__version__promise", "timeline__case", "account__customer", "exempted_by", "evidence")
    return Compensation.objects.select_related(*related).defer("clock__trace")


def line_of(row: Compensation) -> CompensationLine:
    return CompensationLine(row, naming.title(policy_of(row.clock.version)), getattr(row.timeline, "case", None))
