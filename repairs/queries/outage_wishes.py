"""Exceptions that were asked for: those that nobody has decided about."""

from ..models import Outage, OutageWish


def wishes_waiting() -> list[OutageWish]:
    """Exceptions that nobody has decided about; what begins first at the top."""
    rows = OutageWish.objects.select_related("outage", "asked_by").filter(decided_at=None)
    return list(rows.order_by("outage__starts_at", "pk"))


def open_wish(outage: Outage, what: str) -> OutageWish | None:
    """The exception of this sort that waits for a decision."""
    return outage.wishes.select_related("asked_by").filter(what=what, decided_at=None).first()
