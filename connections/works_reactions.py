"""What follows for the works: the order when an application begins to be built, and its end when nobody wants it any more."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event

from .models import Application
from .operations import works
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


def _application(event: Event) -> Application | None:
    return Application.objects.select_related("case__timeline").filter(case__timeline=event.timeline_id).first()


WORKS_REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "order.taken": (take_order,),
    "case.cancelled": (call_off,),
    "case.merged": (call_off,),
}
