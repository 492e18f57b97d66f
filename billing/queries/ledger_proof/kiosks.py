"""Cash in kiosks: the ledger, the boxes that are filling, and what was counted tell one story."""

from django.db.models import F, Sum

from ...models import Book, Entry, KioskCash
from .rows import named


def cash() -> str:
    """KIOSK_CASH is what should be in the boxes that nobody has emptied yet; a difference at an emptying has a reason."""
    booked = Entry.objects.filter(book=Book.KIOSK_CASH).aggregate(total=Sum("amount"))["total"] or 0
    inside = KioskCash.objects.filter(emptied_at=None).aggregate(total=Sum("expected"))["total"] or 0
    if booked != inside:
        return f"kiosks: {booked} in the books, {inside} in their boxes"
    unexplained = KioskCash.objects.filter(counted__isnull=False, reason="").exclude(counted=F("expected"))
    return named(unexplained, "box {}: over or short without a reason")
