"""What follows for the stages when an application moves, whoever moved it and whether or not they thought of the stages."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event

from .operations import stages
from .operations.stage_course import BY
from .queries.applications import application_on
from .stage_order import BACK
from .states import CONNECTION


def keep_up(event: Event, at: datetime) -> None:
    """It went on: what is behind it has ended, what is due begins, as of the moment of the move."""
    if (application := application_on(event.timeline_id)) is not None:
        stages.keep_up(application=application, by=BY, at=event.at)


def come_back(event: Event, at: datetime) -> None:
    """It came back: that work begins again, unless it has gone on from there already."""
    application = application_on(event.timeline_id)
    target = next(move.target for move in CONNECTION.moves if f"{CONNECTION.kind}.{move.verb}" == event.verb)
    if application is not None and application.case.status == target:
        stages.come_back(application=application, by=BY, at=event.at)


_ON = ("design", "offer", "build", "inspect", "pass", "connect", "cancel", "merge")
STAGE_REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    **{f"connection.{verb}": (keep_up,) for verb in _ON},
    **{f"connection.{verb}": (come_back,) for verb in BACK},
}
