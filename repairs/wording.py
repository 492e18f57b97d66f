"""The words of triage: its questions as they are read out, and why a fault is as urgent as it is."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .triage import Answer, Question

QUESTIONS: Mapping[str, str | Promise] = {
    Question.SMELL: _("Do you smell gas?"),
    Question.HISS: _("Do you hear it hiss or blow?"),
    Question.PEOPLE: _("Does anybody feel dizzy or sick, or can somebody not get out?"),
    Question.IGNITION: _("Is there a flame or something that sparks near it?"),
    Question.VALVE: _("Is the valve shut?"),
    Question.NEIGHBOURS: _("Do the neighbours have gas as usual?"),
}
ANSWERS: Mapping[str, str | Promise] = {Answer.YES: _("yes"), Answer.NO: _("no"), Answer.UNKNOWN: _("cannot say")}
REASONS: Mapping[str, str | Promise] = {
    "gas_smelled": _("gas is smelled"),
    "gas_heard": _("gas is heard streaming out"),
    "people_affected": _("people feel ill or cannot get out"),
    "leak_reported": _("a leak is reported"),
    "fire_near": _("a flame or spark is near"),
    "valve_open": _("the valve is not shut"),
    "not_all_known": _("not every question could be answered, so the worst is assumed"),
    "leak_over": _("nothing is smelled or heard any more, everybody is well, the valve is shut"),
    "pipe_open": _("a damaged pipe may let gas out"),
    "pipe_without_gas": _("a pipe is damaged, and no gas is smelled or heard"),
    "supply_stopped": _("the gas has gone, perhaps for more homes than this one"),
    "only_this_home": _("the gas has gone in this home only"),
    "pressure_low": _("the pressure is low"),
    "smell_not_ruled_out": _("nobody could say whether it smells of gas"),
    "no_danger_named": _("nothing dangerous was named"),
    "by_desk": _("the desk decided so"),
    "outside_area": _("the place is outside our area"),
    "area_unknown": _("nobody knows the kind of area yet, so the shortest times are taken"),
    "place_unknown": _("the place is not one we know"),
    "phone_unclear": _("the phone number could not be read; it stands in the text as it was typed"),
    "many_from_phone": _("many reports from one phone"),
    "many_from_device": _("many reports from one device"),
    "many_from_network": _("many reports from one network"),
    "call_record": _("written down to be ordered later"),
}


def reasons_in_words(codes: Iterable[str]) -> list[str]:
    """Every reason in the reader's language; a code from a later version as it is."""
    return [str(REASONS.get(code, code)) for code in codes]
