"""The journal in plain words: one sentence an event, for staff and, where it concerns them, for the customer.

An app with events of its own has a ``presenters.py`` with ``PRESENTERS``: verb -> Telling. What has no telling is not shown.
Where facts hold keys of things that only this app knows, ``NAMERS`` beside it says how they are called: fact -> Namer.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.listing import listed

#: What a sentence may name: the facts of an event, keys of people and places replaced by their names.
type Told = Mapping[str, Any]
type Sentence = Promise | Callable[[Told], str]
#: The names of things by their keys, read together for a whole timeline.
type Namer = Callable[[Collection[Any]], Mapping[Any, str]]


@dataclass(frozen=True)
class Telling:
    """The words for one verb; without ``customer`` it is our own business."""

    staff: Sentence
    customer: Sentence | None = None


def say(sentence: Sentence, told: Told) -> str:
    """The sentence in the reader's language, with its names filled in."""
    return str(sentence) % told if isinstance(sentence, Promise) else sentence(told)


@cache
def presenters() -> Mapping[str, Telling]:
    """Verb -> telling, over all apps."""
    return {verb: telling for module in _modules() for verb, telling in module.PRESENTERS.items()}


@cache
def namers() -> Mapping[str, Namer]:
    """Fact -> what names the things it points to, over all apps."""
    return {fact: namer for module in _modules() for fact, namer in getattr(module, "NAMERS", {}).items()}


def _modules() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "presenters"):
            yield import_module(f"{config.name}.presenters")


def _transferred(told: Told) -> str:
    if told.get("owner"):
        return _("%(owner)s was asked to take it") % told
    if told.get("role") and told.get("hall"):
        return _("Offered to %(hall)s: %(role)s") % told
    return _("Offered to whoever is free there: %(to)s") % {"to": told.get("hall") or told.get("role")}


def _entrusted(told: Told) -> str:
    return _("%(named)s sees to it by name") % told if told.get("named") else _("Nobody sees to it by name any more")


def _entrusted_to_you(told: Told) -> str:
    return _("Somebody who looks after you by name sees to it") if told.get("named") else _("A colleague sees to it")


def _changed(told: Told) -> str:
    return _("Taken for something else now: %(what)s") % {"what": listed(told["changes"]) or "-"}


def _contacted(told: Told) -> str:
    if not told["reached"]:
        return _("%(means)s, %(direction)s: nobody was reached") % told
    return _("%(means)s, %(direction)s") % told


def _contacted_you(told: Told) -> str:
    return _("%(means)s, from you") % told if told["is_incoming"] else _("%(means)s, from us") % told


PRESENTERS: Mapping[str, Telling] = {
    "case.opened": Telling(gettext_lazy("Opened, %(channel)s"), gettext_lazy("We have your request")),
    "case.assigned": Telling(gettext_lazy("Given to %(owner)s"), gettext_lazy("A colleague has it in hand")),
    "case.entrusted": Telling(_entrusted, _entrusted_to_you),
    "case.transferred": Telling(_transferred),
    "case.taken_back": Telling(gettext_lazy("The offer was taken back; it stays with %(owner)s")),
    "case.accepted": Telling(gettext_lazy("%(owner)s has taken it"), gettext_lazy("A colleague has it in hand")),
    "case.declined": Telling(gettext_lazy("Declined; it stays with %(owner)s")),
    "case.contacted": Telling(_contacted, _contacted_you),
    "case.noted": Telling(gettext_lazy("Note among ourselves")),
    "case.leader_asked": Telling(gettext_lazy("The head was asked")),
    "case.waiting_for_customer": Telling(
        gettext_lazy("Waiting for the customer"), gettext_lazy("We asked you something and wait for your answer")
    ),
    "case.customer_answered": Telling(gettext_lazy("The customer has answered"), gettext_lazy("You answered; we go on")),
    "case.waiting_ended": Telling(gettext_lazy("We wait no longer"), gettext_lazy("We go on without your answer")),
    "case.papers_incomplete": Telling(gettext_lazy("Papers are missing"), gettext_lazy("Papers are still missing")),
    "case.papers_received": Telling(gettext_lazy("Missing papers came in"), gettext_lazy("We have papers that were missing")),
    "case.papers_complete": Telling(gettext_lazy("All papers are there"), gettext_lazy("All your papers are there")),
    "case.changed": Telling(_changed),
    "case.answered": Telling(gettext_lazy("Answered"), gettext_lazy("Answered")),
    "case.closed": Telling(pgettext_lazy("case", "Closed"), pgettext_lazy("case", "Closed")),
    "case.reopened": Telling(gettext_lazy("Opened again"), gettext_lazy("Opened again")),
    "case.cancelled": Telling(gettext_lazy("Withdrawn"), gettext_lazy("Withdrawn")),
    "case.merged": Telling(gettext_lazy("Goes on in %(into)s"), gettext_lazy("Goes on in %(into)s")),
    "case.merged_here": Telling(gettext_lazy("%(case)s goes on here"), gettext_lazy("%(case)s goes on here")),
    "case.split_off": Telling(gettext_lazy("A part goes on as %(part)s"), gettext_lazy("A part goes on as %(part)s")),
    "case.attached": Telling(gettext_lazy("A file was added"), gettext_lazy("A file was added")),
    "case.erased": Telling(gettext_lazy("Personal data was erased")),
}
