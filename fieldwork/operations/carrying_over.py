"""A case goes on in another one: whoever is asked for there comes all the same, at the time that was agreed."""

from casework.models import Case

from ..models import Visit
from .holding import hold_visits


def carry_visit(*, case: Case, into: Case) -> Visit | None:
    """The visit that waits at a case goes on at another where nobody is asked for; in the transaction that merges them, which holds both.

    Its promise goes over with the case's clocks. None where there is none, where somebody comes to the other case anyway, or where a crew
    is on its way.
    """
    if Visit.objects.open().filter(case=into).exists():
        return None
    waiting = Visit.objects.filter(case=case, status__in=[Visit.Status.ASKED, Visit.Status.OFFERED, Visit.Status.ACCEPTED])
    for visit in hold_visits(waiting)[-1:]:
        visit.case, visit.timeline = into, into.timeline
        visit.save(update_fields=["case", "timeline"])
        return visit
    return None
