"""What broken promises cost, as pages show it: a list by status, and one with all that is known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from casework.models import Attachment, Case

from .. import naming
from ..compensations import CompensationRule
from ..models import Compensation
from .policies import policies_at, policy_of


class CompensationNotFound(LookupError):
    """There is no compensation of this number."""


@dataclass(frozen=True)
class CompensationLine:
    """One compensation with the title of its promise and the case it is about (None: a recurring duty)."""

    row: Compensation
    title: str
    case: Case | None

    @property
    def late(self) -> timedelta:
        return timedelta(seconds=self.row.late)


@dataclass(frozen=True)
class CompensationStory:
    """One compensation; ``payable`` is what would be credited now, ``files`` are those of its case that could prove something."""

    line: CompensationLine
    payable: int
    is_overdue: bool
    files: "QuerySet[Attachment]"

    @property
    def waits_for_account(self) -> bool:
        """Whether nobody can be credited yet."""
        return self.line.row.status == Compensation.Status.OWED and self.line.row.account_id is None


def with_status(status: str) -> "QuerySet[Compensation]":
    """Those of one status: what is credited next first, what is done newest first."""
    order = ("payable_at", "pk") if status == Compensation.Status.OWED else ("-decided_at", "-pk")
    return _rows().filter(status=status).order_by(*order)


def count_by_status() -> Mapping[str, int]:
    """How many there are of each status."""
    counts = Compensation.objects.order_by("status").values_list("status").annotate(Count("pk"))
    return dict(counts)


def lines(rows: Iterable[Compensation]) -> list[CompensationLine]:
    """With their words; no query."""
    return [_line(row) for row in rows]


def story(key: int, *, at: datetime) -> CompensationStory:
    """One compensation. Raises CompensationNotFound."""
    row = _rows().filter(pk=key).first()
    if row is None:
        raise CompensationNotFound(key)
    line = _line(row)
    rule = CompensationRule.parse(policies_at(at).version(row.clock.version_id).compensation)
    is_overdue = row.status == Compensation.Status.OWED and at > row.pay_by
    files = Attachment.objects.filter(case=line.case, erased_at=None).order_by("-at") if line.case else Attachment.objects.none()
    return CompensationStory(line, rule.payable(row.amount, is_late=is_overdue), is_overdue, files)


def _rows() -> "QuerySet[Compensation]":
    related = ("clock__version__promise", "timeline__case", "account__customer", "exempted_by", "evidence")
    return Compensation.objects.select_related(*related).defer("clock__trace")


def _line(row: Compensation) -> CompensationLine:
    return CompensationLine(row, naming.title(policy_of(row.clock.version)), getattr(row.timeline, "case", None))
