"""What a staff member sees first: where they may go, and their till."""

from datetime import datetime

import accounts.permissions
import accounts.queries
import billing.queries.reversal_inbox
import billing.queries.shifts
import repairs.queries.outage_wishes
import sla.permissions
from accounts.models import User
from accounts.roles import Verb
from sla.queries import approvals

from . import navigation, second_readers


def workbench(user: User, *, at: datetime) -> dict[str, object]:
    """The tiles of this reader, how much waits behind them, and the shift they have not closed yet."""
    found = navigation.chapters(navigation.places(user, at=at))
    try:
        staff = accounts.queries.current_staff(user)
    except accounts.queries.NotStaff:
        return {"chapters": found, "shift": None, "waiting": 0, "now": at}
    waiting = approvals.count_waiting(staff, sla.permissions.decides_about(user, at=at))
    if Verb.APPROVE_REVERSAL in accounts.permissions.verbs_of(user, at):
        waiting += billing.queries.reversal_inbox.count_waiting(user)
    if Verb.APPROVE_OUTAGES in accounts.permissions.verbs_of(user, at):
        waiting += len(repairs.queries.outage_wishes.wishes_waiting())
    waiting += len(second_readers.waiting_for(user, at=at))
    return {"chapters": found, "shift": billing.queries.shifts.current_shift(staff), "waiting": waiting, "now": at}
