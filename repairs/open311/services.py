"""What can be reported over Open311: our faults as services, and the questions of triage as their attributes."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.repair import Fault
from ..triage import ASKED
from ..wording import ANSWERS, QUESTIONS

_NOTES: Mapping[str, str | Promise] = {
    Fault.LEAK: gettext_lazy("Gas is smelled or heard. Leave the place first and ring the emergency number from outdoors."),
    Fault.NO_GAS: gettext_lazy("Supply has stopped, in one home or in many."),
    Fault.LOW_PRESSURE: gettext_lazy("The flame is weak or goes out."),
    Fault.METER: gettext_lazy("The meter does not count, shows an error, or does not take the card."),
    Fault.APPLIANCE: gettext_lazy("A stove, boiler or hose does not work as it should."),
    Fault.PIPE: gettext_lazy("A pipe is damaged, or somebody digs near one."),
    Fault.OTHER: gettext_lazy("Anything else about gas pipes and meters."),
}


def services() -> list[dict[str, Any]]:
    """Every service, in the reader's language."""
    return [_service(fault) for fault in Fault]


def definition(code: str) -> dict[str, Any] | None:
    """A service's attributes, none of which is required: whoever smells gas answers no questionnaire. None for no service of ours."""
    if code not in Fault.values:
        return None
    attributes = [_attribute(number, question) for number, question in enumerate(ASKED[code], start=1)]
    return {"service_code": code, "attributes": attributes}


def name_of(fault: str) -> str:
    """What a service is called."""
    return str(capfirst(Fault(fault).label))


def _service(fault: Fault) -> dict[str, Any]:
    return {
        "service_code": fault.value,
        "service_name": name_of(fault),
        "description": str(_NOTES[fault]),
        "metadata": True,
        "type": "realtime",
        "keywords": ",".join(["gas", *fault.value.split("_")]),
        "group": _("Gas"),
    }


def _attribute(number: int, question: str) -> dict[str, Any]:
    return {
        "variable": True,
        "code": str(question),
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": "",
        "order": number,
        "description": str(QUESTIONS[question]),
        "values": [{"key": str(answer), "name": str(word)} for answer, word in ANSWERS.items()],
    }
