"""What happened to promises, in the words of a case's timeline."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.presenters import Telling, Told

from . import naming
from .models import BreachReason, ExtensionReason


def _escalated(told: Told) -> str:
    said = {**told, "rung": naming.rung(str(told["rung"])), "role": naming.role(str(told["to_role"]))}
    return _("Promise %(promise)s, %(rung)s: told %(role)s") % said


def _asked(told: Told) -> str:
    return _("More time asked for, promise %(promise)s: %(why)s") % {**told, "why": ExtensionReason(told["reason"]).label}


def _explained(told: Told) -> str:
    return _("Why promise %(promise)s was broken: %(why)s") % {**told, "why": BreachReason(told["reason"]).label}


PRESENTERS: Mapping[str, Telling] = {
    "case.escalated": Telling(_escalated),
    "case.acknowledged": Telling(gettext_lazy("Taken up: promise %(promise)s")),
    "case.extended": Telling(
        gettext_lazy("More time: promise %(promise)s"), gettext_lazy("We need more time and have told you until when")
    ),
    "extension.ask": Telling(_asked),
    "extension.refuse": Telling(gettext_lazy("More time refused: promise %(promise)s")),
    "extension.withdraw": Telling(gettext_lazy("More time no longer asked for: promise %(promise)s")),
    "promise.breach_explained": Telling(_explained),
}
