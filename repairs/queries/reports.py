"""How many reports come from one source, and which wait for somebody to look at them."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, QuerySet

from ..models import Repair, ReportSource
from ..states import RepairStatus


def over_the_limit(digests: Mapping[str, str], *, limits: Mapping[str, int], since: datetime) -> str:
    """The kind of the mark under which more reports came since than are dispatched; empty when none is over."""
    if not digests:
        return ""
    rows = ReportSource.objects.filter(digest__in=list(digests.values()), at__gt=since)
    counts = dict(rows.values_list("kind").annotate(Count("pk")).order_by())
    return next((kind for kind in digests if counts.get(kind, 0) >= limits[kind]), "")


def waiting() -> QuerySet[Repair]:
    """Reports for which nobody is sent yet: set aside, outside our area, or written down to be ordered later. The oldest first."""
    statuses = [RepairStatus.HELD, RepairStatus.REPORTED]
    found = Repair.objects.filter(case__status__in=statuses, case__closed_at=None)
    return found.select_related("case__account__customer", "case__premises", "territory").order_by("case__opened_at", "pk")
