"""What follows in the virtual reception: letters, dates, questions that nobody needs answered any more.

Each reaction looks at how things stand now, so that one heard twice, late or out of order does no harm.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Case, Event
from casework.registry import Facts, topic_of
from fieldwork.models import Booking
from sla.models import Extension

from .models import Appeal, ServiceApplication
from .operations import reception_forgetting, service_course, triage
from .operations import reception_letters_out as letters_out
from .states import APPEAL, SERVICE_APPLICATION

type Reaction = Callable[[Event, datetime], None]


def say_received(event: Event, at: datetime) -> None:
    """Number, code, and by when we answer."""
    if entry := _appeal(event) or _application(event):
        letters_out.say_received(entry=entry, event=event, at=at)


def say_asked(event: Event, at: datetime) -> None:
    """What is missing."""
    if entry := _appeal(event) or _application(event):
        letters_out.say_asked(entry=entry, event=event, at=at)


def say_answered(event: Event, at: datetime) -> None:
    """The answer, the reason why there is none, or the answer with advice."""
    if appeal := _appeal(event):
        letters_out.say_answered(appeal=appeal, event=event, at=at)


def say_forwarded(event: Event, at: datetime) -> None:
    """A specialist was asked."""
    if appeal := _appeal(event):
        letters_out.say_forwarded(appeal=appeal, event=event, at=at)


def say_direction_answered(event: Event, at: datetime) -> None:
    """The answer can be written."""
    if appeal := _appeal(event):
        letters_out.say_direction_answered(appeal=appeal, event=event, at=at)


def say_date(event: Event, at: datetime) -> None:
    """By when the applicant has an answer."""
    if appeal := _appeal(event):
        letters_out.say_date(appeal=appeal, event=event, at=at)


def note_more_time(event: Event, at: datetime) -> None:
    """More time was approved for the answer: the applicant is told the date."""
    extension = Extension.objects.filter(pk=event.facts.get("extension")).first()
    if extension is not None and (appeal := _appeal(event)):
        triage.note_more_time(appeal=appeal, extension=extension, at=at)


def say_routed(event: Event, at: datetime) -> None:
    """The specialist has it."""
    if application := _application(event):
        letters_out.say_routed(application=application, event=event, at=at)


def say_agreed(event: Event, at: datetime) -> None:
    """The client knows the time."""
    if application := _application(event):
        letters_out.say_agreed(application=application, event=event, at=at)


def follow_appointment(event: Event, at: datetime) -> None:
    """A visit was booked, or moved: that is the agreed time."""
    booking = Booking.objects.filter(pk=event.facts.get("booking"), released_at=None).first()
    if booking is not None and (application := _application(event)):
        service_course.follow_appointment(application=application, starts_at=booking.starts_at, at=at)


def ask_nobody(event: Event, at: datetime) -> None:
    """Withdrawn, or it goes on elsewhere: no specialist needs to answer."""
    if appeal := _appeal(event):
        triage.end_questions(appeal=appeal, at=at)


def begin_again(event: Event, at: datetime) -> None:
    """Opened again: it is triaged anew."""
    if (appeal := _appeal(event)) and appeal.case.is_unfinished:
        triage.begin_again(appeal=appeal)


def forget_words(event: Event, at: datetime) -> None:
    """Personal data of the case was erased: what the reception keeps beside it goes too."""
    if case := Case.objects.filter(timeline=event.timeline_id, kind__in=[APPEAL.kind, SERVICE_APPLICATION.kind]).first():
        reception_forgetting.forget_words(case=case)


def _appeal(event: Event) -> Appeal | None:
    found = Appeal.objects.select_related("case__timeline", "case__account__customer", "territory")
    return found.filter(case__timeline=event.timeline_id).first()


def _application(event: Event) -> ServiceApplication | None:
    found = ServiceApplication.objects.select_related("case__timeline", "case__account__customer", "territory")
    return found.filter(case__timeline=event.timeline_id).first()


RECEPTION_REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "case.opened": (say_received,),
    "case.waiting_for_customer": (say_asked,),
    "case.answered": (say_answered,),
    "case.extended": (note_more_time,),
    "case.cancelled": (ask_nobody,),
    "case.merged": (ask_nobody,),
    "case.reopened": (begin_again,),
    "case.erased": (forget_words,),
    "appeal.forwarded": (say_forwarded,),
    "appeal.direction_answered": (say_direction_answered,),
    "appeal.date_told": (say_date,),
    "application.routed": (say_routed,),
    "application.time_agreed": (say_agreed,),
    "appointment.agreed": (follow_appointment,),
    "appointment.moved": (follow_appointment,),
}


def _is_ours(facts: Facts) -> bool:
    return facts.get("kind") in {APPEAL.kind, SERVICE_APPLICATION.kind}


RECEPTION_CONCERNS: Mapping[str, Callable[[Facts], bool]] = {topic_of(say_received): _is_ours}
