"""What follows: a case ends, and somebody is to ask; it goes on, and nobody is; a customer is not satisfied, and a supervisor hears it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.callback_rules import rules
from casework.models import Case, Event
from casework.registry import Facts, topic_of

from .models import FollowUp, Problem
from .operations import bearing, forgetting, letters_out, links, naming
from .queries.care import CARED_FOR
from .queries.occasions import UNDONE

type Reaction = Callable[[Event, datetime], None]


def bear(event: Event, at: datetime) -> None:
    """It ended, or the customer says that it did not: somebody asks."""
    case = _case(event)
    rule = rules().get(case.kind) if case else None
    if case is not None and rule is not None and event.verb in rule.born_on:
        found = bearing.bear(case=case, occasion=event.seq, born_at=event.at)
        if found is not None:
            links.send_at_birth(follow_up=found, at=at)


def drop(event: Event, at: datetime) -> None:
    """The ending did not last."""
    if case := _case(event):
        bearing.drop(case=case, before=event.seq, at=event.at)


def tell_supervisors(event: Event, at: datetime) -> None:
    """Not settled, or hardly satisfied."""
    found = FollowUp.objects.select_related("case__timeline").filter(pk=event.facts.get("follow_up")).first()
    if found is not None:
        letters_out.tell_supervisors(follow_up=found, at=at)


def ask_once_more(event: Event, at: datetime) -> None:
    """The department has answered what was wrong: whoever said so is asked again, where the matter itself could not be opened again."""
    problem = Problem.objects.select_related("follow_up__case__timeline").filter(case__timeline=event.timeline_id).first()
    if problem is not None:
        bearing.bear_after_problem(follow_up=problem.follow_up, from_=event.at)


def name_somebody(event: Event, at: datetime) -> None:
    """Somebody who is looked after by name has a matter: it goes to a named person at once (T36, T41)."""
    name_anew(event, at)


def name_anew(event: Event, at: datetime) -> None:
    """It is taken for somebody else's, is about somebody now, or goes on after its end: whoever was named may not be the one any more."""
    case = Case.objects.filter(timeline=event.timeline_id).first()
    if case is not None and (case.segment in CARED_FOR or case.named_id):
        naming.see_to(case=case, at=at)


def forget_words(event: Event, at: datetime) -> None:
    """Personal data of the case was erased."""
    if case := _case(event):
        forgetting.forget_words(case=case, at=at)


def _case(event: Event) -> Case | None:
    """The case of this timeline, if customers are called back about its kind."""
    return Case.objects.select_related("timeline").filter(timeline=event.timeline_id, kind__in=list(rules())).first()


def _is_dissatisfied(facts: Facts) -> bool:
    return facts.get("satisfied") == 0


def _is_of_somebody_cared_for(facts: Facts) -> bool:
    return facts.get("segment") in CARED_FOR


#: What may change who sees to a matter by name.
_ANEW = ("case.changed", "case.reopened", "complaint.accused", "complaint.cleared")
_BIRTHS = sorted({verb for rule in rules().values() for verb in rule.born_on})
_VERBS = sorted({*_BIRTHS, *UNDONE})
REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    **{
        verb: (*((drop,) if verb in UNDONE else ()), *((bear,) if verb in _BIRTHS else ()), *((name_anew,) if verb in _ANEW else ()))
        for verb in sorted({*_VERBS, *_ANEW})
    },
    "case.answered": (ask_once_more,),
    "case.erased": (forget_words,),
    "callback.done": (tell_supervisors,),
    "case.opened": (name_somebody,),
}
CONCERNS: Mapping[str, Callable[[Facts], bool]] = {
    topic_of(tell_supervisors): _is_dissatisfied,
    topic_of(name_somebody): _is_of_somebody_cared_for,
}
