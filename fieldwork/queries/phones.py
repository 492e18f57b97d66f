"""What a crew sees on its phone, and dispatchers of what came from phones too late."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from accounts.models import Staff

from ..models import Badge, Crew, DeviceAction, Evidence, Offer, Visit, VisitQuerySet
from ..states import VisitStatus

#: Ended visits stay on the phone for the rest of a shift.
_STAYS = timedelta(hours=12)


def visits_of_crew(crew: Crew, at: datetime) -> QuerySet[Visit]:
    """What a crew is asked to take and has, what falls due first on top; and what it ended in the last hours, below."""
    shown = Q(ended_at=None) | Q(ended_at__gt=at - _STAYS)
    found = Visit.objects.with_agreed_time().filter(shown, crew=crew).exclude(status=VisitStatus.CANCELLED)
    due_first = F("timeline__next_due_at").asc(nulls_last=True)
    related = found.select_related("timeline", "crew", "case__premises", "case__account__premises", "territory")
    return related.order_by(F("ended_at").desc(nulls_first=True), due_first, "asked_at", "pk")


def visit_for_phone(among: VisitQuerySet, key: int) -> Visit | None:
    """One visit with all that its page shows."""
    related = ("timeline", "crew", "case__premises", "case__account__premises", "case__account__customer", "territory", "signature")
    return among.with_agreed_time().select_related(*related).filter(pk=key).first()


def offers_to(staff: Staff) -> QuerySet[Offer]:
    """What the crews of somebody were asked to take: the present one, and a former one while they were in it."""
    still_in = Q(crew__members__until=None) | Q(crew__members__until__gt=F("at"))
    return Offer.objects.filter(still_in, crew__members__staff=staff)


def address_of(visit: Visit) -> str:
    """The door, written out; empty where only a place on the map is known, which the room that asked for the visit may put into words."""
    case = visit.case
    premises = case and (case.premises or (case.account and case.account.premises))
    return premises.address if premises else ""


def evidence_of(visit: Visit) -> QuerySet[Evidence]:
    """What was brought from the door, in the order in which it happened."""
    return visit.evidence.select_related("photo").order_by("happened_at", "pk")


def refused_of_crew(crew: Crew, at: datetime) -> QuerySet[DeviceAction]:
    """Deeds of this crew that came too late in the last hours: it sees why."""
    late = DeviceAction.objects.filter(crew=crew, outcome=DeviceAction.Outcome.REFUSED, received_at__gt=at - _STAYS)
    return late.select_related("visit__case").order_by("-received_at", "-pk")


def refused_unseen() -> QuerySet[DeviceAction]:
    """Deeds that were not possible any more when they came, and that no dispatcher has looked at."""
    late = DeviceAction.objects.filter(outcome=DeviceAction.Outcome.REFUSED, seen_at=None)
    return late.select_related("crew", "staff", "visit__case").order_by("received_at", "pk")


def badges_at_the_door(visit: Visit, at: datetime) -> QuerySet[Badge]:
    """The badges of the people who come: of the visit's crew, its leader first."""
    member = Q(staff__crew_memberships__until=None) | Q(staff__crew_memberships__until__gt=at)
    found = Badge.objects.filter(member, staff__crew_memberships__crew=visit.crew_id, staff__crew_memberships__since__lte=at)
    worn = found.filter(withdrawn_at=None, staff__left_at=None)
    return worn.select_related("staff").order_by(F("staff__crew_memberships__is_leader").desc(), "staff__number")
