"""What events are called: one short clause a verb, in the reader's language, for whoever is told why a clock began or what a webhook hears.

An app that records events has an ``event_names.py`` with ``EVENT_NAMES``: verb -> clause. Where two apps name the same verb the
upper one wins: a room may put into its own words what the book of promises has named before the room was built.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

#: Of every case, whatever its kind; and of general requests, our own.
EVENT_NAMES: Mapping[str, str | Promise] = {
    "case.opened": _("the case was opened"),
    "case.assigned": _("the case was given to somebody"),
    "case.entrusted": _("somebody was named to see to the case"),
    "case.transferred": _("somebody else was asked to take the case"),
    "case.taken_back": _("the wish to hand the case over was taken back"),
    "case.accepted": _("the case was taken on"),
    "case.declined": _("taking the case was declined"),
    "case.contacted": _("there was contact with the customer"),
    "case.noted": _("a note was made"),
    "case.leader_asked": _("the head was asked"),
    "case.waiting_for_customer": _("the customer was asked for something"),
    "case.customer_answered": _("the customer answered"),
    "case.waiting_ended": _("waiting for the customer ended"),
    "case.papers_incomplete": _("papers were found missing"),
    "case.papers_received": _("papers came in"),
    "case.papers_complete": _("all papers were there"),
    "case.changed": _("the case was sorted differently"),
    "case.answered": _("the case was answered"),
    "case.resolved": _("the matter was settled"),
    "case.closed": _("the case was closed"),
    "case.reopened": _("the case was opened again"),
    "case.cancelled": _("the case was withdrawn"),
    "case.merged": _("the case was merged into another"),
    "case.merged_here": _("another case was merged into this one"),
    "case.split_off": _("a part became a case of its own"),
    "case.attached": _("a file was added"),
    "case.erased": _("personal data was erased"),
    "case.escalated": _("somebody was told that time runs out"),
    "case.acknowledged": _("an alarm was taken up"),
    "case.extended": _("more time was given"),
    "general_request.ask_customer": _("a question was put to the customer"),
    "general_request.hear_customer": _("the customer's answer came in"),
    "general_request.stop_waiting": _("the request went on without an answer"),
    "general_request.answer": _("the request was answered"),
    "general_request.close": _("the request was closed"),
    "general_request.reopen": _("the request was opened again"),
    "general_request.cancel": _("the request was withdrawn"),
    "general_request.merge": _("the request was merged into another"),
}


def event_name(verb: str) -> str:
    """The clause for a verb in the language now active; a verb that nobody named is shown as it is."""
    return str(event_names().get(verb, verb))


@cache
def event_names() -> Mapping[str, str | Promise]:
    """Verb -> clause, over all apps; INSTALLED_APPS names the upper floors first."""
    named: dict[str, str | Promise] = {}
    for config in reversed(list(apps.get_app_configs())):
        if config.module and module_has_submodule(config.module, "event_names"):
            named |= import_module(f"{config.name}.event_names").EVENT_NAMES
    return named
