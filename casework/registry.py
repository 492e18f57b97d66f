"""What follows from an event: every app's ``reactions.py``, collected once.

A reactions module has ``REACTIONS``: verb of an event -> functions that take the event and the moment they run. They run
later, in the drain, each in a transaction of its own, so that a broken one can never stop what caused it. Clocks cannot wait:
a module may also have ``LISTENERS``, called at once, inside the transaction that records the event. What comes by the thousand
is carried out in ``BATCHES``: topic -> a function that takes many effects of that topic, in the order in which they go first.
``MERGERS`` says of a kind of case what goes over when one of them is merged into another, inside the transaction that merges them.
``CONCERNS`` spares a row: topic -> whether the facts of an event say that it concerns this reaction at all.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Protocol

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from accounts.actors import Actor

from .models import Case, Effect, Event, Timeline

type Reaction = Callable[[Event, datetime], None]
type Listener = Callable[[Timeline, Sequence[Event]], None]
#: Takes effects and the moment; answers which of them (by id) must wait a moment because somebody else holds what they need.
type Batch = Callable[[Sequence[Effect], datetime], Collection[int]]

type Facts = Mapping[str, Any]


class Merger(Protocol):
    """Carries over what belongs to a case that goes on in another one; both are locked."""

    def __call__(self, *, case: Case, into: Case, by: Actor, at: datetime) -> None: ...


def topic_of(reaction: Reaction) -> str:
    """The name under which an effect remembers its function: ``billing.reactions.render_receipt``."""
    return f"{reaction.__module__}.{reaction.__name__}"


@cache
def reactions() -> Mapping[str, tuple[Reaction, ...]]:
    """Verb -> its reactions, over all apps in their order."""
    found: dict[str, tuple[Reaction, ...]] = {}
    for module in _modules():
        table: Mapping[str, tuple[Reaction, ...]] = getattr(module, "REACTIONS", {})
        for verb, functions in table.items():
            found[verb] = (*found.get(verb, ()), *functions)
    return found


def topics_for(verb: str, facts: Facts) -> list[str]:
    """What must follow from an event: the topics of the reactions that it concerns."""
    topics = (topic_of(reaction) for reaction in reactions().get(verb, ()))
    return [topic for topic in topics if topic not in concerns() or concerns()[topic](facts)]


@cache
def concerns() -> Mapping[str, Callable[[Facts], bool]]:
    """Topic -> whether an event with these facts concerns it; a topic that is not here minds every event of its verbs."""
    return {topic: test for module in _modules() for topic, test in getattr(module, "CONCERNS", {}).items()}


@cache
def listeners() -> tuple[Listener, ...]:
    """Over all apps in their order: what is called with every new event in the transaction that records it.

    They must not fail for what a user typed: their failure is the event's.
    """
    return tuple(listener for module in _modules() for listener in getattr(module, "LISTENERS", ()))


@cache
def batches() -> Mapping[str, Batch]:
    """Topic -> what carries out many of its effects at once, over all apps in their order."""
    return {topic: batch for module in _modules() for topic, batch in getattr(module, "BATCHES", {}).items()}


@cache
def mergers() -> Mapping[str, Merger]:
    """Kind of case -> what takes over what belongs to it; it refuses with a ``NotMerged`` of its own (operations.linking)."""
    return {kind: merger for module in _modules() for kind, merger in getattr(module, "MERGERS", {}).items()}


def find(topic: str) -> Reaction | None:
    """The function behind a topic, if some app still has it."""
    functions = {topic_of(function): function for table in reactions().values() for function in table}
    return functions.get(topic)


def _modules() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "reactions"):
            yield import_module(f"{config.name}.reactions")
