"""What happened to promises, in the words of a case's timeline."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.amounts import money
from casework.presenters import Telling, Told

from . import naming
from .models import BreachReason, ExtensionReason, VoidedBecause


def _escalated(told: Told) -> str:
    said = {**told, "rung": naming.rung(str(told["rung"])), "role": naming.role(str(told["to_role"]))}
    return _("Promise %(promise)s, %(rung)s: told %(role)s") % said


def _asked(told: Told) -> str:
    return _("More time asked for, promise %(promise)s: %(why)s") % {**told, "why": ExtensionReason(told["reason"]).label}


def _explained(told: Told) -> str:
    return _("Why promise %(promise)s was broken: %(why)s") % {**told, "why": BreachReason(told["reason"]).label}


def _not_owed(told: Told) -> str:
    return _("Compensation not owed after all: %(why)s") % {"why": VoidedBecause(told["reason"]).label}


def _taken_back(told: Told) -> str:
    return _("Compensation taken back, %(amount)s: %(why)s") % {**_worth(told), "why": VoidedBecause(told["reason"]).label}


def _now_worth(told: Told) -> str:
    return _("Compensation lowered to %(amount)s: the clock ended earlier than it seemed") % _worth(told)


def _owed_again(told: Told) -> str:
    return _("Compensation owed after all: %(amount)s") % _worth(told)


def _credited(told: Told) -> str:
    return _("Compensation credited: %(amount)s") % _worth(told)


def _worth(told: Told) -> dict[str, str]:
    return {"amount": money(int(told["amount"]))}


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
    "promise.moved": Telling(gettext_lazy("Promise %(promise)s counts on by another version of it")),
    "compensation.pay": Telling(_credited, gettext_lazy("We broke a promise and have credited you compensation")),
    "compensation.exempt": Telling(gettext_lazy("Compensation is not owed, with evidence")),
    "compensation.withdraw": Telling(_not_owed),
    "compensation.amend": Telling(_now_worth),
    "compensation.renew": Telling(_owed_again),
    "compensation.take_back": Telling(_taken_back, gettext_lazy("The promise was kept after all; the compensation was taken back")),
}
