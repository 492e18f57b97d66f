"""What follows from interruptions: cases find them, customers are told, whoever decides hears of it. Part of this app's reactions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from casework.models import Case, Effect, Event
from casework.registry import Batch

from .models import Outage, OutageWish
from .operations import outage_calls, outage_letters_out, outage_messages, outage_proposals, outage_tickets


def tell_customers(effects: Sequence[Effect], at: datetime) -> Collection[int]:
    """Portions of rounds, until about one portion's worth of customers is told; the others come round again in a moment."""
    told = 0
    for place, effect in enumerate(effects):
        if told >= outage_messages.PORTION:
            return [other.pk for other in effects[place:]]
        told += outage_messages.send_portion(notice=effect.payload["notice"], at=at)
    return ()


def attach_new(event: Event, at: datetime) -> None:
    """A repair has come in: it may be because gas is off at its door."""
    case = Case.objects.select_related("premises__territory", "repair__territory", "timeline").filter(timeline=event.timeline_id).first()
    if case is not None and case.kind == "repair":
        outage_tickets.attach_new(case=case, at=at)


def attach_open(event: Event, at: datetime) -> None:
    """Gas is off: what had come in from there belongs to it."""
    outage = _outage(event)
    if outage is not None:
        outage_tickets.attach_open(outage=outage, at=at)


def tell_over(event: Event, at: datetime) -> None:
    """Gas is on again: their cases hear of it."""
    outage = _outage(event)
    if outage is not None:
        outage_tickets.tell_over(outage=outage, at=at)


def propose(event: Event, at: datetime) -> None:
    """Many reports from one place."""
    territory = event.facts.get("territory")
    if territory is not None:
        outage_proposals.propose_accident(territory=territory, reports=event.facts.get("count", 0), at=at)


def ask_approvers(event: Event, at: datetime) -> None:
    """An exception waits for somebody else's word."""
    wish = OutageWish.objects.select_related("outage").get(pk=event.facts["wish"])
    if wish.decided_at is None:
        outage_letters_out.ask_approvers(wish=wish, at=at)


def tell_asker(event: Event, at: datetime) -> None:
    """It was decided."""
    wish = OutageWish.objects.select_related("outage", "asked_by__user").get(pk=event.facts["wish"])
    outage_letters_out.tell_asker(wish=wish, at=at)


def forget_calls(event: Event, at: datetime) -> None:
    """Personal data of a case was erased: what its customer said when they were rung goes too."""
    account = Case.objects.filter(timeline=event.timeline_id).values_list("account", flat=True).first()
    if account is not None:
        outage_calls.forget_account(account=account)


def _outage(event: Event) -> Outage | None:
    return Outage.objects.filter(timeline=event.timeline_id).first()


OUTAGE_REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "case.opened": (attach_new,),
    "case.erased": (forget_calls,),
    "outage.begun": (attach_open,),
    "outage.widened": (attach_open,),
    "outage.ended": (tell_over,),
    "repair.cluster_seen": (propose,),
    "outage.exception_asked": (ask_approvers,),
    "outage.exception_approved": (tell_asker,),
    "outage.exception_refused": (tell_asker,),
}
OUTAGE_BATCHES: Mapping[str, Batch] = {outage_messages.TOPIC: tell_customers}
