"""What is known of how a repair ended, and which repairs wait for somebody to confirm them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from accounts.models import Staff
from casework.models import Case, Event, Urgency
from fieldwork.models import CrewMember, Evidence, Signature, Visit

from ..doubts import Closing, Limits
from ..models import Repair
from ..states import RepairStatus


def limits() -> Limits:
    """By the operator's settings."""
    return Limits(metres=settings.DOUBT_METRES, ppm=settings.DOUBT_PPM, minutes=settings.DOUBT_MINUTES)


def closing_of(repair: Repair) -> Closing:
    """How it ended, from the visits, what was brought from the door, and earlier repairs there."""
    visits = list(Visit.objects.filter(case=repair.case, arrived_at__isnull=False).order_by("pk"))
    last = visits[-1] if visits else None
    evidence = list(Evidence.objects.filter(visit__in=visits).order_by("happened_at", "pk"))
    arrivals = [one for one in evidence if one.step == "arrive"]
    readings = [one.gas_ppm for one in evidence if one.gas_ppm is not None]
    places = [one.metres_away for one in arrivals if one.metres_away is not None]
    return Closing(
        fault=repair.fault,
        outcome=repair.outcome,
        is_emergency=repair.case.urgency == Urgency.EMERGENCY,
        is_made_safe=any(visit.made_safe_at for visit in visits),
        is_signed=Signature.objects.filter(visit__in=visits).exists(),
        has_proof=any(one.photo_id or one.latitude is not None for one in arrivals),
        metres_away=min(places) if places else None,
        gas_ppm=readings[-1] if readings else None,
        seconds_on_site=_seconds(last),
        earlier=_earlier(repair).count(),
    )


def did_the_work(repair: Repair, staff: Staff) -> bool:
    """Whether somebody was in a crew that went there, at that time."""
    went = CrewMember.objects.filter(
        Q(until=None) | Q(until__gt=F("crew__visits__arrived_at")),
        staff=staff,
        crew__visits__case=repair.case_id,
        crew__visits__arrived_at__isnull=False,
        since__lte=F("crew__visits__arrived_at"),
    )
    return went.exists()


def wrote_for_the_crew(repair: Repair, staff: Staff) -> bool:
    """Whether somebody wrote down steps of a crew that were told by radio: of those there is their word only."""
    return staff.pk in wrote_for_crews(repair.case)


def wrote_for_crews(case: Case) -> frozenset[int]:
    """Keys of the staff who did."""
    told = Event.objects.filter(timeline=case.timeline_id, verb__startswith="visit.", facts__has_key="told_by")
    labels = set(told.values_list("by", flat=True))
    people = Staff.objects.filter(user__in=[int(label.removeprefix("user:")) for label in labels if label.startswith("user:")])
    return frozenset(people.values_list("pk", flat=True))


def to_confirm() -> QuerySet[Repair]:
    """Finished and not yet confirmed, or disputed once more: these and the doubtful ones first, then the priority register, the oldest."""
    found = Repair.objects.filter(Q(case__status=RepairStatus.FINISHED, case__closed_at=None) | Q(disputed_at__isnull=False))
    related = found.select_related("case__account__customer", "case__premises", "case__timeline")
    related = related.prefetch_related("case__account__customer__phones")
    comes_first = F("case__account__customer__is_vulnerable").desc(nulls_last=True)
    return related.order_by(F("disputed_at").asc(nulls_last=True), F("is_doubtful").desc(), comes_first, "finished_at", "pk")


def _earlier(repair: Repair) -> QuerySet[Repair]:
    """Repairs of the same kind of fault at the same door that ended shortly before this one was reported."""
    opened_at: datetime = repair.case.opened_at
    since = opened_at - timedelta(days=settings.DOUBT_REPEAT_DAYS)
    same = Repair.objects.filter(fault=repair.fault, outcome=Repair.Outcome.REPAIRED, finished_at__gte=since, finished_at__lt=opened_at)
    place = repair.case.premises_id
    return same.filter(case__premises=place).exclude(pk=repair.pk) if place else Repair.objects.none()


def _seconds(visit: Visit | None) -> int | None:
    if visit is None or visit.arrived_at is None or visit.ended_at is None:
        return None
    return int((visit.ended_at - visit.arrived_at).total_seconds())
