"""What follows for a repair: its case goes along with its visit, its reporter hears of it, and a dispatcher of what is strange.

Each reaction looks at how things stand now, so that one heard twice, late or out of order does no harm.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Case, Event
from casework.operations import Step
from casework.registry import Batch, Facts, topic_of
from fieldwork.models import Visit

from .models import Repair, Restoration
from .operations import closing, disputes, letters_out, ordering, visits
from .outage_reactions import OUTAGE_BATCHES, OUTAGE_REACTIONS, attach_new

type Reaction = Callable[[Event, datetime], None]


def keep_up(event: Event, at: datetime) -> None:
    """A visit went on: its repair does, and so do those who follow it."""
    visit = Visit.objects.filter(pk=event.facts.get("visit")).select_related("crew").first()
    repair = _repair(event)
    if visit is None or repair is None or visit.purpose != Visit.Purpose.REPAIR:
        return
    visits.keep_up(repair=repair, visit=visit, happened_at=event.facts.get("happened_at", ""), at=event.at)
    if visit.case_id == repair.case_id:
        visits.keep_followers_up(lead=repair, visit=visit, step=Step(event.verb, event.facts), at=event.at)


def restore(event: Event, at: datetime) -> None:
    """The gas is on again."""
    found = Restoration.objects.select_related("case").filter(case__timeline=event.timeline_id).first()
    visit = Visit.objects.filter(pk=event.facts.get("visit"), purpose=Visit.Purpose.RESTORATION).first()
    if found is not None and visit is not None:
        visits.restore(restoration=found, visit=visit, happened_at=event.facts.get("happened_at", ""), at=event.at)


def call_off(event: Event, at: datetime) -> None:
    """Nobody wants it any more, or it goes on elsewhere: no crew goes for it."""
    case = _case(event)
    if case is not None:
        ordering.call_off(case=case, by=visits.BY, at=event.at)


def send_again(event: Event, at: datetime) -> None:
    """Opened again."""
    case = _case(event)
    if case is not None and case.kind == "repair":
        visits.send_if_nobody_goes(case=case, at=event.at)


def forget_words(event: Event, at: datetime) -> None:
    """Personal data of the case was erased: what was reported, where, and by which marks it was counted, goes too."""
    repair = _repair(event)
    if repair is not None:
        ordering.forget_words(repair=repair, at=event.at)


def judge_closing(event: Event, at: datetime) -> None:
    """A crew is done, or the customer's signature has come: may it be believed?"""
    if repair := _repair(event):
        closing.judge_closing(repair=repair, at=at)


def confirm_called(event: Event, at: datetime) -> None:
    """The customer was called back: what is settled is confirmed. What is not was opened again already."""
    repair = _repair(event)
    if repair is not None and event.facts.get("settled") == 1:
        closing.confirm_called(repair=repair, by=event.by, at=event.at)


def begin_again(event: Event, at: datetime) -> None:
    """Opened again: the ending did not last."""
    repair = _repair(event)
    if repair is not None and repair.case.is_unfinished:
        disputes.begin_again(repair=repair)


def say_received(event: Event, at: datetime) -> None:
    """Reference, code and promise, for whoever reported."""
    if repair := _repair(event):
        letters_out.say_received(repair=repair, event=event, at=at)


def say_coming(event: Event, at: datetime) -> None:
    """A crew has it."""
    if repair := _repair(event):
        letters_out.say_coming(repair=repair, event=event, at=at)


def say_finished(event: Event, at: datetime) -> None:
    """The crew is done."""
    if repair := _repair(event):
        letters_out.say_finished(repair=repair, event=event, at=at)


def say_nobody_home(event: Event, at: datetime) -> None:
    """Nobody opened; a repair may wait for other things."""
    if event.facts.get("why") == "no_access" and (repair := _repair(event)):
        letters_out.say_nobody_home(repair=repair, event=event, at=at)


def tell_of_held(event: Event, at: datetime) -> None:
    """One source over the limit: no crew wakes, and a dispatcher knows at once."""
    if case := _case(event):
        letters_out.tell_dispatchers(case=case, kind="repair_held", at=at)


def tell_of_dispute(event: Event, at: datetime) -> None:
    """A customer says once more that it is not mended: somebody rings."""
    if case := _case(event):
        letters_out.tell_dispatchers(case=case, kind="repair_disputed", at=at, link="/staff/repairs/to-confirm/")


def tell_of_outside(event: Event, at: datetime) -> None:
    """Not our pipes, as far as a machine can tell."""
    if case := _case(event):
        letters_out.tell_dispatchers(case=case, kind="repair_outside", at=at)


def _case(event: Event) -> Case | None:
    """The repair or restoration on this timeline; None for other matters."""
    kinds = ["repair", "restoration"]
    return Case.objects.select_related("account__customer", "timeline").filter(timeline=event.timeline_id, kind__in=kinds).first()


def _repair(event: Event) -> Repair | None:
    found = Repair.objects.select_related("case__timeline", "case__account__customer", "territory")
    return found.filter(case__timeline=event.timeline_id).first()


_OF_A_VISIT = ("accept", "set_off", "arrive", "find_nobody", "give_back", "recall", "cancel")
_OF_REPAIRS: Mapping[str, tuple[Reaction, ...]] = {
    **{f"visit.{verb}": (keep_up,) for verb in _OF_A_VISIT},
    "visit.finish": (keep_up, restore),
    "case.opened": (say_received,),
    "case.cancelled": (call_off,),
    "case.merged": (call_off,),
    "case.reopened": (begin_again, send_again),
    "case.erased": (forget_words,),
    "repair.dispatched": (say_coming,),
    "repair.finished": (judge_closing, say_finished),
    "visit.signed": (judge_closing,),
    "visit.evidence": (judge_closing,),
    "repair.wait": (say_nobody_home,),
    "repair.held": (tell_of_held,),
    "repair.outside_area": (tell_of_outside,),
    "repair.disputed": (tell_of_dispute,),
    "callback.done": (confirm_called,),
}
REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    verb: (*_OF_REPAIRS.get(verb, ()), *OUTAGE_REACTIONS.get(verb, ()))
    for verb in [*_OF_REPAIRS, *(verb for verb in OUTAGE_REACTIONS if verb not in _OF_REPAIRS)]
}
BATCHES: Mapping[str, Batch] = OUTAGE_BATCHES


def _is_repair(facts: Facts) -> bool:
    return facts.get("kind") == "repair"


CONCERNS: Mapping[str, Callable[[Facts], bool]] = {topic_of(one): _is_repair for one in (say_received, attach_new)}
