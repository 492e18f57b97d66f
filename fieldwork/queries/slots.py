"""Which times can be chosen, what was agreed, and what a planner sees of both."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

import accounts.queries
from accounts.clock import business_date, business_midnight
from accounts.models import ServiceArea, Territory
from casework.models import Case

from .. import slot_times
from ..models import Blackout, Booking, Skill, SlotPlan, Visit, VisitPurpose
from ..slot_times import Closure, Slot, Window
from .errands import Errand, reachable

#: What customers can be given a time for. Interruptions of supply are planned with everybody at once.
BOOKABLE = tuple(purpose.value for purpose in VisitPurpose if purpose != VisitPurpose.OUTAGE)
#: What somebody can be sent for by hand, and what they must be able to do.
SKILLS: Mapping[str, str] = {
    VisitPurpose.INSPECTION: Skill.INSPECTION,
    VisitPurpose.STEWARD: Skill.STEWARD,
    VisitPurpose.SURVEY: Skill.SURVEY,
    VisitPurpose.INSTALLATION: Skill.INSTALLATION,
    VisitPurpose.SERVICE: Skill.SERVICE,
    VisitPurpose.CARE: Skill.SERVICE,
}
#: A plan is shown for so long ahead.
PREVIEW_DAYS = 14


def area_of(visit: Visit) -> ServiceArea | None:
    """The service area whose slots a visit can be given; None where nobody looks after the place, or nobody knows it."""
    return accounts.queries.service_area_of(visit.territory) if visit.territory else None


def territory_of(case: Case) -> Territory | None:
    """Where a case is about, as far as its own address says."""
    premises = case.premises or (case.account.premises if case.account else None)
    return premises.territory if premises else None


def last_visit(case: Case) -> Visit | None:
    """The visit that a time would be for: the open one, else the last; not one that was called off."""
    found = Visit.objects.filter(case=case).exclude(status=Visit.Status.CANCELLED).select_related("timeline", "territory", "case__owner")
    return found.order_by(F("ended_at").desc(nulls_first=True), "-pk").first()


def windows_of(area: ServiceArea, purpose: str) -> list[Window]:
    """The weekly plan of an area for a purpose."""
    rows = SlotPlan.objects.filter(service_area=area, purpose=purpose).order_by("weekday", "opens")
    return [Window(*row) for row in rows.values_list("weekday", "opens", "closes", "capacity")]


def slots_between(area: ServiceArea, purpose: str, days: tuple[date, date]) -> list[Slot]:
    """Every slot of an area for a purpose that begins on these days (not on the last), with what is taken. Three statements."""
    first, until = days
    closed = Blackout.objects.filter(Q(service_area=None) | Q(service_area=area), first_day__lt=until, last_day__gte=first)
    closures = [Closure(*row) for row in closed.values_list("first_day", "last_day")]
    booked = Booking.objects.standing().filter(service_area=area, purpose=purpose)
    within = booked.filter(starts_at__gte=business_midnight(first), starts_at__lt=business_midnight(until))
    taken = Counter(within.values_list("starts_at", flat=True))
    return slot_times.slots(windows_of(area, purpose), days=days, zone=settings.TIME_ZONE, closures=closures, taken=taken)


def slots_to_choose(errand: Errand | None, at: datetime) -> list[Slot]:
    """What a customer can still choose: with a place left, late enough to send somebody, within BOOKING_DAYS, and reached in time."""
    if errand is None:
        return []
    today = business_date(at)
    found = slots_between(errand.area, errand.purpose, (today, today + timedelta(days=settings.BOOKING_DAYS + 1)))
    free = slot_times.bookable(found, not_before=at + timedelta(minutes=settings.BOOKING_LEAD_MINUTES))
    places = reachable(errand, free)
    return [slot for slot in free if places[slot.starts_at]]


def preview(area: ServiceArea, purpose: str, at: datetime) -> list[Slot]:
    """The coming two weeks as a planner sees them, full slots too."""
    today = business_date(at)
    return slots_between(area, purpose, (today, today + timedelta(days=PREVIEW_DAYS)))


def agreed(visits: Iterable[Visit]) -> Mapping[int, Booking]:
    """Visit -> the time that is agreed for it; one statement for all of them."""
    return {booking.visit_id: booking for booking in Booking.objects.standing().filter(visit__in=[visit.pk for visit in visits])}


def agreed_for(visit: Visit) -> Booking | None:
    """The time that is agreed for one visit."""
    return Booking.objects.standing().filter(visit=visit).first()


def last_of(visit: Visit) -> Booking | None:
    """The time agreed for a visit, or the last one that was, whatever became of it."""
    return Booking.objects.filter(visit=visit).order_by("-pk").first()


def to_offer(at: datetime, *, seen: Collection[int] = ()) -> QuerySet[Booking]:
    """Appointments whose slot is so near that a crew must be asked now, where nobody was and nobody has the visit."""
    soon = at + timedelta(minutes=settings.BOOKING_OFFER_MINUTES)
    waiting = Booking.objects.standing().filter(starts_at__lte=soon, offered_at=None, visit__status=Visit.Status.ASKED)
    return waiting.exclude(pk__in=seen).order_by("starts_at", "pk")


def overdue(at: datetime) -> QuerySet[Booking]:
    """Appointments whose end has passed while nobody has come, and whose customer was not told yet; the longest overdue first."""
    waiting = Booking.objects.standing().filter(starts_at__lt=at, ends_at__lt=at, late_at=None)
    still = waiting.filter(visit__ended_at=None, visit__arrived_at=None)
    return still.select_related("visit__timeline").order_by("starts_at", "pk")


def of_tomorrow(at: datetime) -> QuerySet[Booking]:
    """Appointments of the next day that were agreed before today: who agreed today knows."""
    today = business_midnight(business_date(at))
    tomorrow, after = (business_midnight(business_date(at) + timedelta(days=days)) for days in (1, 2))
    found = Booking.objects.standing().filter(starts_at__gte=tomorrow, starts_at__lt=after, made_at__lt=today)
    return found.select_related("visit__case__account__customer").order_by("starts_at", "pk")


def plans_of(area: ServiceArea, purpose: str) -> QuerySet[SlotPlan]:
    """The rows of a weekly plan."""
    return SlotPlan.objects.filter(service_area=area, purpose=purpose).order_by("weekday", "opens")


def blackouts_from(day: date) -> QuerySet[Blackout]:
    """Closed days that are not over yet."""
    return Blackout.objects.filter(last_day__gte=day).select_related("service_area").order_by("first_day", "pk")


def who_closed(blackouts: Collection[Blackout]) -> Mapping[int, str]:
    """Closed days -> the name of the colleague who closed them; those that a part of the system closed are left out. One statement."""
    began = Blackout.history.filter(id__in=[one.pk for one in blackouts], history_type="+", history_user__staff__isnull=False)
    return dict(began.values_list("id", "history_user__staff__name"))


def standing_in(blackouts: Collection[Blackout]) -> Mapping[int, int]:
    """Closed days -> how many appointments stand on them, which somebody must move; one statement for all of them."""
    if not blackouts:
        return {}
    begins = business_midnight(min(one.first_day for one in blackouts))
    ends = business_midnight(max(one.last_day for one in blackouts) + timedelta(days=1))
    found = Booking.objects.standing().filter(starts_at__gte=begins, starts_at__lt=ends)
    booked = [(business_date(starts_at), area) for starts_at, area in found.values_list("starts_at", "service_area")]
    return {
        one.pk: sum(one.first_day <= day <= one.last_day and one.service_area_id in {None, area} for day, area in booked)
        for one in blackouts
    }
