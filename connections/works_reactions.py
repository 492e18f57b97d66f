"""What follows for the works: the order when an application begins to be built, and its end when nobody wants it any more."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event

from .models import Application
from .operations import works, works_letters_out
from .operations.stage_course import BY
from .states import ConnectionStatus

type Reaction = Callable[[Event, datetime], None]


def take_order(event: Event, at: datetime) -> None:
    """Contract and fees are in order: the hall has an order to send on."""
    found = _application(event)
    if found is not None and found.case.status == ConnectionStatus.CONSTRUCTION:
        works.take_order(application=found, by=BY, at=event.at)


def call_off(event: Event, at: datetime) -> None:
    """The application is over: nobody builds it."""
    found = _application(event)
    if found is not None:
        works.call_off(application=found, by=BY, at=event.at)


def say_corrections(event: Event, at: datetime) -> None:
    """The applicant hears all that has to be corrected."""
    if found := _application(event):
        works_letters_out.say_corrections(application=found, event=event, at=at)


def say_gas_on(event: Event, at: datetime) -> None:
    """The applicant is a customer now."""
    if found := _application(event):
        works_letters_out.say_gas_on(application=found, event=event, at=at)


def _application(event: Event) -> Application | None:
    return Application.objects.select_related("case__timeline").filter(case__timeline=event.timeline_id).first()


WORKS_REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "order.taken": (take_order,),
    "case.cancelled": (call_off,),
    "case.merged": (call_off,),
    "connection.defects_found": (say_corrections,),
    "connection.gas_on": (say_gas_on,),
}
