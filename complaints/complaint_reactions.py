"""What follows for a complaint: its customer hears of it, those who must look are told, promised work settles it, a call back closes it.

Each reaction looks at how things stand now, so that one heard twice, late or out of order does no harm.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from accounts.actors import System
from casework.models import Case, Event
from casework.registry import Facts

from .models import Complaint, Inquiry
from .operations import complaint_answers, complaint_forgetting, complaint_letters_out, satisfaction

type Reaction = Callable[[Event, datetime], None]

_BY = System("complaints")


def say_received(event: Event, at: datetime) -> None:
    """Reference and promise, for whoever complained."""
    if complaint := _complaint(event):
        complaint_letters_out.say_received(complaint=complaint, event=event, at=at)


def say_answered(event: Event, at: datetime) -> None:
    """Our answer, where it goes by itself."""
    if complaint := _complaint(event):
        complaint_letters_out.say_answered(complaint=complaint, event=event, at=at)


def tell_of_new(event: Event, at: datetime) -> None:
    """Nobody has it in hand."""
    if complaint := _complaint(event):
        complaint_letters_out.tell_of_new(complaint=complaint, event=event, at=at)


def tell_of_major(event: Event, at: datetime) -> None:
    """It is to be handled at once (T71)."""
    if event.facts.get("major") and (complaint := _complaint(event)):
        complaint_letters_out.tell_of_major(complaint=complaint, event=event, at=at)


def tell_of_threat(event: Event, at: datetime) -> None:
    """Somebody is threatened."""
    if complaint := _complaint(event):
        complaint_letters_out.tell_of_threat(complaint=complaint, event=event, at=at)


def ask_department(event: Event, at: datetime) -> None:
    """A question waits for a department."""
    if inquiry := _inquiry(event):
        complaint_letters_out.ask_department(inquiry=inquiry, event=event, at=at)


def tell_of_finding(event: Event, at: datetime) -> None:
    """A department has answered."""
    if inquiry := _inquiry(event):
        complaint_letters_out.tell_of_finding(inquiry=inquiry, event=event, at=at)


def note_work_done(event: Event, at: datetime) -> None:
    """A case is done with: perhaps an answer had promised it."""
    case = Case.objects.filter(timeline=event.timeline_id).first()
    if case is not None:
        complaint_answers.works_of_case_done(case=case, at=event.at)


def begin_again(event: Event, at: datetime) -> None:
    """Opened again: the decision did not last."""
    complaint = _complaint(event)
    if complaint is not None and complaint.case.is_unfinished and complaint.decided_at is not None and complaint.decided_at <= event.at:
        satisfaction.begin_again(complaint=complaint)


def hear_customer(event: Event, at: datetime) -> None:
    """The customer was called back: how satisfied they are stands with the complaint, and where all is well it is closed."""
    complaint = _complaint(event)
    if complaint is None:
        return
    score = event.facts.get("score")
    if isinstance(score, int) and 1 <= score <= 5:
        satisfaction.note_satisfaction(case=complaint.case, score=score, by=_BY, at=event.at)
    if event.facts.get("settled", 1):
        satisfaction.close_asked(case=complaint.case, by=_BY, at=event.at)


def stop_asking(event: Event, at: datetime) -> None:
    """Nobody could be asked: that is an end too."""
    if complaint := _complaint(event):
        satisfaction.close_asked(case=complaint.case, by=_BY, at=event.at)


def forget_words(event: Event, at: datetime) -> None:
    """Personal data of the case was erased."""
    if complaint := _complaint(event):
        complaint_forgetting.forget_complaint(complaint=complaint)


def _complaint(event: Event) -> Complaint | None:
    """The complaint on this timeline; None for other matters."""
    found = Complaint.objects.select_related("case__account__customer", "case__timeline")
    return found.filter(case__timeline=event.timeline_id).first()


def _inquiry(event: Event) -> Inquiry | None:
    found = Inquiry.objects.select_related("complaint__case__account__customer", "asked_by", "to_staff", "to_hall")
    return found.filter(pk=event.facts.get("inquiry"), complaint__case__timeline=event.timeline_id).first()


COMPLAINT_REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "complaint.recorded": (say_received, tell_of_new, tell_of_major),
    "complaint.judged": (tell_of_major,),
    "complaint.threatened": (tell_of_threat,),
    "complaint.taken_from_accused": (tell_of_new,),
    "complaint.department_asked": (ask_department,),
    "complaint.department_answered": (tell_of_finding,),
    "complaint.answer": (say_answered,),
    "complaint.refuse": (say_answered,),
    "case.resolved": (note_work_done,),
    "case.closed": (note_work_done,),
    "case.cancelled": (note_work_done,),
    "case.merged": (note_work_done,),
    "case.reopened": (begin_again,),
    "callback.done": (hear_customer,),
    "callback.dropped": (stop_asking,),
    "case.erased": (forget_words,),
}
COMPLAINT_CONCERNS: Mapping[str, Callable[[Facts], bool]] = {}
