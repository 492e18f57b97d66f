"""What follows from the steps of a visit: the next crew is asked, and whoever must know is told."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from casework.models import Case, Effect, Event
from casework.registry import Batch, topic_of

from .models import Visit
from .operations import appointment_letters, arranging, crew_letters, dispatching, erasing, in_person


def send_first(event: Event, at: datetime) -> None:
    """An emergency goes out at once. In batches: see BATCHES."""
    dispatching.send_first(visits={event.facts["visit"]}, at=at)


def ask_next(event: Event, at: datetime) -> None:
    """The crew that was asked does not come. In batches: see BATCHES."""
    dispatching.ask_next(visits={event.facts["visit"]}, at=at)


def tell_given_back(event: Event, at: datetime) -> None:
    """A crew gave a visit back: an emergency has gone on by itself, about the rest a dispatcher decides."""
    if not Visit.objects.only("urgency").get(pk=event.facts["visit"]).is_emergency:
        crew_letters.tell_given_back(event=event, at=at)


def follow_case(event: Event, at: datetime) -> None:
    """Its urgency or its customer's standing may be another now."""
    case = Case.objects.select_related("account__customer").filter(timeline=event.timeline_id).first()
    if case is not None:
        dispatching.follow_case(case=case, at=at)


def follow_owner(event: Event, at: datetime) -> None:
    """The case is somebody else's: so are the visits that its owner makes in person."""
    case = Case.objects.filter(timeline=event.timeline_id).first()
    if case is not None:
        in_person.follow_owner(case=case, at=at)


def tell_crew(event: Event, at: datetime) -> None:
    """A crew is asked. In batches: see BATCHES."""
    crew_letters.tell_crews(events=[event], at=at)


def tell_crew_no_more(event: Event, at: datetime) -> None:
    """A crew need not go any more."""
    crew_letters.tell_crew_no_more(event=event, at=at)


def warn_of_lateness(event: Event, at: datetime) -> None:
    """Nobody can be there in time. In batches: see BATCHES."""
    crew_letters.warn_of_lateness(events=[event], at=at)


def call_dispatchers(event: Event, at: datetime) -> None:
    """Nobody is left to be asked."""
    crew_letters.call_dispatchers(event=event, at=at)


def tell_customer(event: Event, at: datetime) -> None:
    """A time was agreed, moved or given up; or it passed and somebody was not there."""
    appointment_letters.tell(event=event, at=at)


def call_off_arranged(event: Event, at: datetime) -> None:
    """The matter is over: nobody comes for what was arranged by hand. What a room asked for, it calls off itself."""
    arranging.call_off(timeline=event.timeline_id, at=event.at)


def forget_words(event: Event, at: datetime) -> None:
    """What crews wrote goes with the rest of the personal data."""
    erasing.forget_words(timeline=event.timeline_id)


def _send_first_many(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    return _at_once(dispatching.send_first, effects, at)


def _ask_next_many(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    return _at_once(dispatching.ask_next, effects, at)


def _tell_crews(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    crew_letters.tell_crews(events=list(_events(effects).values()), at=at)
    return ()


def _warn_of_lateness(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    crew_letters.warn_of_lateness(events=list(_events(effects).values()), at=at)
    return ()


def _at_once(send: Callable[..., Collection[int]], effects: Sequence[Effect], at: datetime) -> Collection[int]:
    """Carry out what many effects demand of their visits; those (by id) whose visit somebody else holds must wait a moment."""
    visits = {pk: event.facts["visit"] for pk, event in _events(effects).items()}
    waiting = send(visits=set(visits.values()), at=at)
    return [pk for pk, visit in visits.items() if visit in waiting]


def _events(effects: Sequence[Effect]) -> Mapping[int, Event]:
    """Effect -> its event; one statement for all of them."""
    places = {(effect.payload["timeline"], effect.payload["seq"]): effect.pk for effect in effects}
    timelines, numbers = {timeline for timeline, _seq in places}, {seq for _timeline, seq in places}
    found = Event.objects.filter(timeline__in=timelines, seq__in=numbers).order_by("pk")
    return {places[event.timeline_id, event.seq]: event for event in found if (event.timeline_id, event.seq) in places}


REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "visit.asked": (send_first,),
    "visit.lapse": (ask_next,),
    "visit.decline": (ask_next,),
    "visit.give_back": (send_first, tell_given_back),
    "visit.offer": (tell_crew,),
    "visit.recall": (tell_crew_no_more,),
    "visit.cancel": (tell_crew_no_more,),
    "visit.late_foreseen": (warn_of_lateness,),
    "visit.nobody_left": (call_dispatchers,),
    "visit.still_nobody": (call_dispatchers,),
    "appointment.agreed": (tell_customer,),
    "appointment.cancelled": (tell_customer,),
    "appointment.late": (tell_customer,),
    "appointment.missed": (tell_customer,),
    "appointment.nobody_home": (tell_customer,),
    "case.assigned": (follow_owner,),
    "case.accepted": (follow_owner,),
    "case.changed": (follow_case,),
    "case.cancelled": (call_off_arranged,),
    "case.merged": (call_off_arranged,),
    "case.erased": (forget_words,),
}
#: Hundreds may be reported at once, and every second counts: crews are read once for all of them, and told with a few statements.
BATCHES: Mapping[str, Batch] = {
    topic_of(send_first): _send_first_many,
    topic_of(ask_next): _ask_next_many,
    topic_of(tell_crew): _tell_crews,
    topic_of(warn_of_lateness): _warn_of_lateness,
}
