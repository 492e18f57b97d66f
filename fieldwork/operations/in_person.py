"""Visits that somebody makes in person, when it is somebody else's turn: the visit goes over with the case, and its time stays.

Whether it fits the day of whoever comes now is looked at then, and again the day before: an absence may have begun since. The customer
hears of it only if somebody agrees another time.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

import notices.operations
from accounts.actors import System
from accounts.models import Staff
from casework.models import Case

from ..models import Booking, Visit
from ..queries.errands import PERSONAL, can_be_kept, errand_of
from ..queries.in_person import crews_in_person, people_for
from ..queries.slots import agreed_for
from . import offers
from .holding import hold_visits

BY = System("fieldwork.in_person")
_TAKEN = (Visit.Status.OFFERED, Visit.Status.ACCEPTED)


@transaction.atomic
def follow_owner(*, case: Case, at: datetime) -> None:
    """The case is somebody else's: so are its visits that nobody has set off for. Whoever had one is told that they need not go."""
    found = Visit.objects.open().filter(case=case, purpose__in=PERSONAL).select_related("timeline", "territory", "case__owner")
    for visit in hold_visits(found):
        if visit.status in _TAKEN and visit.crew_id not in crews_in_person([visit], at).get(visit.pk, ()):
            offers.put_off(visit=visit, by=BY, at=at)
        booking = agreed_for(visit)
        if booking is not None and visit.status == Visit.Status.ASKED:
            # To be put to whoever comes now, in time.
            booking.offered_at = None
            booking.save(update_fields=["offered_at"])
            warn(booking=booking, at=at)


def warn(*, booking: Booking, at: datetime) -> None:
    """Tell whoever comes that this time does not fit their day, once each; nothing where it does, or where any crew may come."""
    visit = Visit.objects.select_related("territory", "case__owner__user").get(pk=booking.visit_id)
    errand, case = errand_of(visit), visit.case
    if case is None or errand is None or errand.owner is None or can_be_kept(errand, booking):
        return
    who = people_for([visit], at).get(visit.pk) or errand.owner
    notices.operations.owe_to_staff(
        kind="visit_does_not_fit",
        key=f"visit_does_not_fit:{booking.pk}:{who}",
        staff=list(Staff.objects.filter(pk=who).select_related("user")),
        context={**notices.operations.words_about(case), "starts": booking.starts_at, "until": booking.ends_at},
        at=at,
        link=reverse("fieldwork:case_appointment", args=[case.reference]),
    )
