"""What follows from the steps of a visit: the next crew is asked, and whoever must know is told."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Case, Event

from .models import Visit
from .operations import crew_letters, dispatching


def send_first(event: Event, at: datetime) -> None:
    """An emergency goes out at once."""
    dispatching.send_first(visit=event.facts["visit"], at=at)


def ask_next(event: Event, at: datetime) -> None:
    """The crew that was asked does not come."""
    dispatching.ask_next(visit=event.facts["visit"], at=at)


def take_up_again(event: Event, at: datetime) -> None:
    """A crew gave a visit back: an emergency goes on at once, about the rest a dispatcher decides."""
    visit = Visit.objects.only("urgency").get(pk=event.facts["visit"])
    if visit.is_emergency:
        dispatching.ask_next(visit=visit.pk, at=at)
    else:
        crew_letters.tell_given_back(event=event, at=at)


def follow_case(event: Event, at: datetime) -> None:
    """Its urgency or its customer's standing may be another now."""
    case = Case.objects.select_related("account__customer").filter(timeline=event.timeline_id).first()
    if case is not None:
        dispatching.follow_case(case=case, at=at)


def tell_crew(event: Event, at: datetime) -> None:
    """A crew is asked."""
    crew_letters.tell_crew(event=event, at=at)


def tell_crew_no_more(event: Event, at: datetime) -> None:
    """A crew need not go any more."""
    crew_letters.tell_crew_no_more(event=event, at=at)


def warn_of_lateness(event: Event, at: datetime) -> None:
    """Nobody can be there in time."""
    crew_letters.warn_of_lateness(event=event, at=at)


def call_dispatchers(event: Event, at: datetime) -> None:
    """Nobody is left to be asked."""
    crew_letters.call_dispatchers(event=event, at=at)


REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "visit.asked": (send_first,),
    "visit.lapse": (ask_next,),
    "visit.decline": (ask_next,),
    "visit.give_back": (take_up_again,),
    "visit.offer": (tell_crew,),
    "visit.recall": (tell_crew_no_more,),
    "visit.cancel": (tell_crew_no_more,),
    "visit.late_foreseen": (warn_of_lateness,),
    "visit.nobody_left": (call_dispatchers,),
    "case.changed": (follow_case,),
}
