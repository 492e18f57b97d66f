"""What follows when an application is taken, and when its person is forgotten."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event
from casework.registry import Facts, topic_of

from .operations import forgetting, receipts
from .queries.applications import application_on
from .states import CONNECTION


def say_received(event: Event, at: datetime) -> None:
    """Number, code and steward, for whoever applied."""
    if application := application_on(event.timeline_id):
        receipts.say_received(application=application, event=event, at=at)


def say_merged(event: Event, at: datetime) -> None:
    """Under which number it goes on, for whoever sent this one."""
    if application := application_on(event.timeline_id):
        receipts.say_merged(application=application, event=event, at=at)


def forget_words(event: Event, at: datetime) -> None:
    """Personal data of the case was erased: what an application keeps beside it goes too."""
    if application := application_on(event.timeline_id):
        forgetting.forget_words(application=application)


APPLY_REACTIONS: Mapping[str, tuple[Callable[[Event, datetime], None], ...]] = {
    "case.opened": (say_received,),
    "case.merged": (say_merged,),
    "case.erased": (forget_words,),
}


def _is_connection(facts: Facts) -> bool:
    return facts.get("kind") == CONNECTION.kind


APPLY_CONCERNS: Mapping[str, Callable[[Facts], bool]] = {topic_of(say_received): _is_connection}
