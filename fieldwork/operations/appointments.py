"""Agree a time for a visit, move it, give it up. What becomes of it at the door is bookings.py.

Note [The last place]. Each standing booking takes one numbered place of its slot, and the database lets no two take the same. Of two
customers who want the last one the first to be written has it; the other's statement fails, looks again, and says that it is taken.

Note [In time, not at once]. Whoever has a time needs no crew now. An offer or a crew that had the visit is put off: nobody drives
out meanwhile, and crews are asked BOOKING_OFFER_MINUTES before the slot (booked_visits.py), the former one among them.

Note [One day, one booking]. Two times that are free each by itself may be too far apart for the one who would come to both. So
whoever agrees one holds the service area, and the steward whose visit it is, looks once more at the day (queries/errands.py), and
writes. They come last in the order of locks: nobody who holds them asks for anything else that is locked.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor, System
from accounts.clock import business_date
from accounts.models import ServiceArea
from casework.models import Case, Timeline
from casework.operations import StaleRow, Step, amend

from .. import permissions, slot_times
from ..models import Booking, SlotPlan, Visit
from ..queries import slots as reads
from ..queries.errands import Errand, errand_of, reachable
from ..slot_times import Slot
from . import bookings, offers
from .bookings import Ending
from .holding import hold_day, hold_timeline, hold_visits
from .visits import Place, ask_visit

BY = System("fieldwork.appointments")
_V = Visit.Status
#: Nobody is on the way yet: the visit can wait for its time.
_MAY_WAIT = (_V.ASKED, _V.OFFERED, _V.ACCEPTED)


class NotToBeBooked(Exception):
    """This matter cannot be given a time (now); str() says why."""


class SlotTaken(Exception):
    """Somebody else was faster."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just taken this time. Please choose another one."))


class NoSuchSlot(Exception):
    """Nobody can be sent then."""

    def __init__(self) -> None:
        super().__init__(_("This time cannot be chosen (any more). Please choose one from the list."))


class AlreadyAgreed(Exception):
    """There is a time; it can be moved."""

    def __init__(self) -> None:
        super().__init__(_("A time is agreed already. You can move it."))


class NothingAgreed(Exception):
    """There is no time that could be moved or given up."""

    def __init__(self) -> None:
        super().__init__(_("No time is agreed (any more)."))


def hold(case: Case) -> Timeline:
    """The timeline of a case that is not over, locked until the transaction ends. Raises NotToBeBooked for one that is."""
    timeline = hold_timeline(case)
    if timeline is None:
        raise NotToBeBooked(_("Nobody has to come for this."))
    return timeline


def why_not(case: Case, visit: Visit | None) -> str:
    """Why a case cannot be given a time now, in words; empty where it can. ``visit`` is its last one."""
    if not case.is_unfinished or visit is None:
        return _("Nobody has to come for this.")
    if visit.urgency == "emergency":
        return _("In danger nobody waits for an appointment: a crew comes at once.")
    if visit.status not in {*_MAY_WAIT, _V.NO_ACCESS}:
        return _("A crew is on its way or there already.") if visit.is_open else _("Nobody has to come for this.")
    return "" if visit.purpose in reads.BOOKABLE else _("Nobody has to come for this.")


@transaction.atomic
def agree(*, case: Case, starts_at: datetime, by: Actor, at: datetime) -> Booking:
    """Somebody comes at the time that begins at this moment; after nobody was home, with another visit like the last.

    Raises NotToBeBooked, AlreadyAgreed, NoSuchSlot, SlotTaken, Forbidden, StaleRow.
    """
    permissions.check_may_agree(by, case, at=at)
    visit = _visit_for(case, by, at)
    if reads.agreed_for(visit) is not None:
        raise AlreadyAgreed
    errand, slot = _slot(visit, starts_at, at)
    _put_off(visit, at)
    booking = _take(visit, errand, slot, by, at)
    agreed = Step("appointment.agreed", bookings.facts_of(booking, visit))
    amend(visit, fields={}, steps=[agreed], by=by, at=at)
    return booking


@transaction.atomic
def move(*, case: Case, starts_at: datetime, by: Actor, at: datetime) -> Booking:
    """Another time instead of the one agreed; one that has passed unkept stays broken.

    Raises NotToBeBooked, NothingAgreed, NoSuchSlot, SlotTaken, Forbidden, StaleRow.
    """
    permissions.check_may_agree(by, case, at=at)
    visit, former = _agreed(case)
    if former.starts_at == starts_at > at:
        return former
    hold(case)
    errand, slot = _slot(visit, starts_at, at)
    _put_off(visit, at)
    ended = bookings.end_unkept(former, visit, Ending.MOVED, at=at)
    booking = _take(visit, errand, slot, by, at)
    agreed = Step("appointment.agreed", bookings.facts_of(booking, visit) | {"instead": former.pk})
    amend(visit, fields={}, steps=[ended, agreed], by=by, at=at)
    return booking


@transaction.atomic
def cancel(*, case: Case, by: Actor, at: datetime) -> Booking:
    """The customer waits at no time any more; the visit stays asked for, and a dispatcher sends somebody as for any other.

    Raises NotToBeBooked, NothingAgreed, Forbidden, StaleRow.
    """
    permissions.check_may_agree(by, case, at=at)
    visit, booking = _agreed(case)
    _put_off(visit, at)
    amend(visit, fields={}, steps=[bookings.end_unkept(booking, visit, Ending.CANCELLED, at=at)], by=by, at=at)
    return booking


def _agreed(case: Case) -> tuple[Visit, Booking]:
    visit = _bookable(case)
    booking = reads.agreed_for(visit)
    if booking is None:
        raise NothingAgreed
    return visit, booking


def _bookable(case: Case) -> Visit:
    """Its last visit, locked: a crew's own step takes the visit before its appointment too, and whoever comes second sees the first's."""
    last = reads.last_visit(case)
    visit = hold_visits(Visit.objects.filter(pk=last.pk).select_related("timeline", "territory", "case"))[0] if last else None
    why = why_not(case, visit)
    if why or visit is None:
        raise NotToBeBooked(why)
    return visit


def _visit_for(case: Case, by: Actor, at: datetime) -> Visit:
    visit, timeline = _bookable(case), hold(case)
    if visit.is_open:
        return visit
    latest = reads.last_visit(case)
    if latest is None or latest.pk != visit.pk:
        raise StaleRow
    place = Place(visit.territory, visit.latitude, visit.longitude)
    return ask_visit(
        timeline=timeline, case=case, purpose=visit.purpose, skill=visit.skill, urgency=visit.urgency, place=place, by=by, at=at
    )


def _slot(visit: Visit, starts_at: datetime, at: datetime) -> tuple[Errand, Slot]:
    """The slot that begins then, if somebody can still be sent; the day is held then. Raises NoSuchSlot, SlotTaken where it is full."""
    days, lead = timedelta(days=settings.BOOKING_DAYS), timedelta(minutes=settings.BOOKING_LEAD_MINUTES)
    # As a moment first: of the year 1 or 9999 some moments are no day of ours.
    if not at + lead <= starts_at <= at + days + timedelta(days=1):
        raise NoSuchSlot
    errand, day = errand_of(visit), business_date(starts_at)
    if errand is None or day > business_date(at) + days:
        raise NoSuchSlot
    hold_day(errand, day)
    found = reads.slots_between(errand.area, errand.purpose, (day, day + timedelta(days=1)))
    slot = next((one for one in found if one.starts_at == starts_at), None)
    if slot is None:
        raise NoSuchSlot
    if not slot.free:
        raise SlotTaken
    return errand, slot


def _put_off(visit: Visit, at: datetime) -> None:
    """See Note [In time, not at once]."""
    if visit.status in {_V.OFFERED, _V.ACCEPTED}:
        offers.put_off(visit=visit, by=BY, at=at)


def _take(visit: Visit, errand: Errand, slot: Slot, by: Actor, at: datetime) -> Booking:
    """See Note [The last place] and Note [One day, one booking]."""
    for _try in range(slot.capacity):
        places = reachable(errand, [slot])[slot.starts_at]
        if not places:
            break
        try:
            with transaction.atomic():
                return _book(visit, errand.area, slot, places[0], by=by, at=at)
        except IntegrityError:
            # Somebody wrote that place first, or agreed a time for this very visit, which the visit's version tells below.
            if reads.agreed_for(visit) is not None:
                raise StaleRow from None
    raise NoSuchSlot


def _book(visit: Visit, area: ServiceArea, slot: Slot, place: int, *, by: Actor, at: datetime) -> Booking:
    local = slot_times.on_the_wall(slot, settings.TIME_ZONE)
    plan = SlotPlan.objects.filter(service_area=area, purpose=visit.purpose, weekday=local.weekday(), opens=local.time()).first()
    return Booking.objects.create(
        visit=visit,
        plan=plan,
        service_area=area,
        purpose=str(visit.purpose),
        place=place,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        made_at=at,
        by=by.actor_label,
    )
