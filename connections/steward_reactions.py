"""What follows for the steward, and of the visits to an applicant.

Whoever is given an application as cases of all kinds are given is its steward from then on; what the applicant says or arranges reaches
whoever is here for it; a visit that was made ends its stage.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Attachment, Event, Transfer
from casework.registry import Facts, topic_of
from fieldwork.models import Booking, Visit, VisitPurpose

from .operations import steward_messages, stewards, surveys, visits
from .queries.applications import application_on

type Reaction = Callable[[Event, datetime], None]


def follow_owner(event: Event, at: datetime) -> None:
    """A case was assigned, or taken when it was offered, with the words it was offered with."""
    application = application_on(event.timeline_id)
    if application is None:
        return
    taken = Transfer.objects.filter(case=application.pk, outcome=Transfer.Outcome.ACCEPTED, answered_at=event.at).first()
    stewards.follow_owner(application=application, note=taken.note if taken else "", at=event.at)


def follow_survey(event: Event, at: datetime) -> None:
    """A time for the survey was agreed, moved or given up, wherever that was done."""
    booking = Booking.objects.filter(pk=event.facts["booking"]).first()
    application = application_on(event.timeline_id)
    # Of a time that was moved the agreement of the next one tells.
    if booking is not None and application is not None and application.case.is_unfinished and not _is_older(booking, event):
        surveys.follow(application=application, booking=booking, at=event.at)


def end_stage(event: Event, at: datetime) -> None:
    """Somebody was there and did what they came for."""
    visit = Visit.objects.filter(pk=event.facts.get("visit")).first()
    application = application_on(event.timeline_id)
    if visit is not None and application is not None:
        visits.note_made(application=application, visit=visit, at=event.at)


def say_heard(event: Event, at: datetime) -> None:
    """The applicant wrote or rang: whoever is here for it hears at once."""
    if application := application_on(event.timeline_id):
        steward_messages.pass_on(application=application, event=event, kind="connection_word", at=at)


def say_sent(event: Event, at: datetime) -> None:
    """The applicant sent a file."""
    is_theirs = Attachment.objects.filter(pk=event.facts["attachment"], is_from_customer=True).exists()
    if is_theirs and (application := application_on(event.timeline_id)):
        steward_messages.pass_on(application=application, event=event, kind="connection_word", at=at)


def say_mandate(event: Event, at: datetime) -> None:
    """The applicant has us act for them, or does so no longer."""
    if application := application_on(event.timeline_id):
        steward_messages.pass_on(application=application, event=event, kind="connection_mandate", at=at)


def say_withdrawn(event: Event, at: datetime) -> None:
    """Nobody wants the gas any more."""
    if application := application_on(event.timeline_id):
        steward_messages.pass_on(application=application, event=event, kind="connection_stopped", at=at)


def say_time(event: Event, at: datetime) -> None:
    """A time was agreed, moved, given up, missed, or nobody was home; where the application ended that is said instead."""
    application = application_on(event.timeline_id)
    if application is not None and application.case.is_unfinished:
        steward_messages.pass_on(application=application, event=event, kind="connection_time", at=at)


def _is_older(booking: Booking, event: Event) -> bool:
    is_moved = event.verb == "appointment.moved"
    return is_moved or (event.verb == "appointment.agreed" and booking.released_at is not None)


def _is_of_survey(facts: Facts) -> bool:
    return facts.get("purpose") == VisitPurpose.SURVEY


def _is_theirs(facts: Facts) -> bool:
    return facts.get("direction") == "in" and facts.get("by") == "human"


_OF_A_TIME = ("agreed", "cancelled", "missed", "nobody_home")
STEWARD_REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "case.assigned": (follow_owner,),
    "case.accepted": (follow_owner,),
    "case.contacted": (say_heard,),
    "case.attached": (say_sent,),
    "case.cancelled": (say_withdrawn,),
    "connection.mandate_given": (say_mandate,),
    "connection.mandate_revoked": (say_mandate,),
    "visit.finish": (end_stage,),
    **{f"appointment.{verb}": (say_time, *((follow_survey,) if verb in {"agreed", "cancelled"} else ())) for verb in _OF_A_TIME},
}
STEWARD_CONCERNS: Mapping[str, Callable[[Facts], bool]] = {topic_of(follow_survey): _is_of_survey, topic_of(say_heard): _is_theirs}
