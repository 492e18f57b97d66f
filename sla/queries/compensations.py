"""One compensation, with all that is known of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from casework.models import Attachment

from ..compensations import CompensationRule
from ..models import Compensation
from .compensation_lines import CompensationLine, line_of, rows_of_all
from .policies import policies_at


class CompensationNotFound(LookupError):
    """There is no compensation of this number."""


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


def story(key: int, *, at: datetime) -> CompensationStory:
    """One compensation. Raises CompensationNotFound."""
    row = rows_of_all().filter(pk=key).first()
    if row is None:
        raise CompensationNotFound(key)
    line = line_of(row)
    rule = CompensationRule.parse(policies_at(at).version(row.clock.version_id).compensation)
    is_overdue = row.status == Compensation.Status.OWED and at > row.pay_by
    files = Attachment.objects.filter(case=line.case, erased_at=None).order_by("-at") if line.case else Attachment.objects.none()
    return CompensationStory(line, rule.payable(row.amount, is_late=is_overdue), is_overdue, files)
