"""What a staff member sees first: where they may go, and their till."""

from datetime import datetime

import accounts.queries
import billing.queries.shifts
from accounts.models import User

from . import navigation


def workbench(user: User, *, at: datetime) -> dict[str, object]:
    """The tiles of this reader, and the shift they have not closed yet."""
    try:
        shift = billing.queries.shifts.current_shift(accounts.queries.current_staff(user))
    except accounts.queries.NotStaff:
        shift = None
    return {"places": navigation.places(user, at=at), "shift": shift, "now": at}
