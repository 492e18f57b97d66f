"""What follows when a case is opened, answered or offered, or an appointment made: a word to whom it concerns. Each may fail."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import QuerySet

import desk.operations.case_letters
from casework.models import Case, Contact, Event, Transfer
from casework.registry import Facts, topic_of

from . import appointment_reactions

#: Kinds of cases whose room writes to who asked in words of its own.
_WRITE_THEMSELVES = {"appeal", "application", "complaint", "repair"}


def say_received(event: Event, at: datetime) -> None:
    """Reference and code, for whoever asked."""
    desk.operations.case_letters.tell_customer(case=_case(event), kind="case_received", event=event, at=at)


def say_answered(event: Event, at: datetime) -> None:
    """Where the answer lies in the cabinet; whoever heard or read it another way needs no letter."""
    case = _case(event)
    if _lies_in_cabinet(case, event, is_reply=True):
        desk.operations.case_letters.tell_customer(case=case, kind="case_answered", event=event, at=at)


def say_asked(event: Event, at: datetime) -> None:
    """That a question lies in the cabinet."""
    case = _case(event)
    if _lies_in_cabinet(case, event, is_reply=False):
        desk.operations.case_letters.tell_customer(case=case, kind="case_question", event=event, at=at)


def say_papers(event: Event, at: datetime) -> None:
    """The whole list of what is missing, as it was told."""
    desk.operations.case_letters.list_papers(case=_case(event), number=event.facts["list"], event=event, at=at)


def say_offered(event: Event, at: datetime) -> None:
    """The five minutes to accept run already."""
    offer = _transfers(event).filter(outcome=Transfer.Outcome.PENDING).first()
    if offer is not None:
        desk.operations.case_letters.offer_to_colleagues(transfer=offer, at=at)


def say_declined(event: Event, at: datetime) -> None:
    """It stays with who asked."""
    offer = _transfers(event).filter(outcome=Transfer.Outcome.DECLINED, answered_at=event.at).first()
    if offer is not None:
        desk.operations.case_letters.return_to_colleague(transfer=offer, at=at)


def say_leader_asked(event: Event, at: datetime) -> None:
    """What somebody cannot judge alone goes to the head at once (T80)."""
    contact = Contact.objects.select_related("case").get(pk=event.facts["contact"])
    desk.operations.case_letters.ask_head(contact=contact, at=at)


def _case(event: Event) -> Case:
    return Case.objects.select_related("account__customer").get(timeline=event.timeline_id)


def _lies_in_cabinet(case: Case, event: Event, *, is_reply: bool) -> bool:
    said = case.contacts.filter(at=event.at, direction=Contact.Direction.OUT, is_reply=is_reply)
    return said.filter(means=Contact.Means.CABINET).exists()


def _transfers(event: Event) -> QuerySet[Transfer]:
    return Transfer.objects.filter(case__timeline=event.timeline_id).select_related("case", "asked_by__user")


REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "case.opened": (say_received,),
    "case.answered": (say_answered,),
    "case.waiting_for_customer": (say_asked,),
    "case.papers_incomplete": (say_papers,),
    "case.transferred": (say_offered,),
    "case.declined": (say_declined,),
    "case.leader_asked": (say_leader_asked,),
    **appointment_reactions.REACTIONS,
}
CONCERNS: Mapping[str, Callable[[Facts], bool]] = {topic_of(say_received): lambda facts: facts.get("kind") not in _WRITE_THEMSELVES}
