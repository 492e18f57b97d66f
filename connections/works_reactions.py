"""What follows for the works: the order when an application begins to be built, and its end when nobody wants it any more."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event

from .operations import callbacks, steward_messages, works, works_letters_out
from .operations.stage_course import BY
from .queries.applications import application_on
from .states import ConnectionStatus

type Reaction = Callable[[Event, datetime], None]


def take_order(event: Event, at: datetime) -> None:
    """Contract and fees are in order: the hall has an order to send on."""
    found = application_on(event.timeline_id)
    if found is not None and found.case.status == ConnectionStatus.CONSTRUCTION:
        works.take_order(application=found, by=BY, at=event.at)


def call_off(event: Event, at: datetime) -> None:
    """The application is over: nobody builds it."""
    found = application_on(event.timeline_id)
    if found is not None:
        works.call_off(application=found, by=BY, at=event.at)


def say_corrections(event: Event, at: datetime) -> None:
    """The applicant hears all that has to be corrected."""
    if found := application_on(event.timeline_id):
        works_letters_out.say_corrections(application=found, event=event, at=at)


def say_told_mended(event: Event, at: datetime) -> None:
    """The applicant says that theirs is mended: whoever is here for it looks."""
    if found := application_on(event.timeline_id):
        steward_messages.pass_on(application=found, event=event, kind="connection_told_mended", at=at)


def say_gas_on(event: Event, at: datetime) -> None:
    """The applicant is a customer now."""
    if found := application_on(event.timeline_id):
        works_letters_out.say_gas_on(application=found, event=event, at=at)


def close_called(event: Event, at: datetime) -> None:
    """Called back: what is settled is closed, and so is what nobody could, or wished to, tell us more about."""
    is_enough = event.facts.get("settled") == 1 or event.facts.get("outcome") in {"refuse", "give_up", "find_wrong"}
    if is_enough and (found := application_on(event.timeline_id)):
        callbacks.close_called(application=found, at=event.at)


WORKS_REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "order.taken": (take_order,),
    "case.cancelled": (call_off,),
    "case.merged": (call_off,),
    "connection.defects_found": (say_corrections,),
    "connection.defect_told_mended": (say_told_mended,),
    "connection.gas_on": (say_gas_on,),
    "callback.done": (close_called,),
    "callback.dropped": (close_called,),
}
