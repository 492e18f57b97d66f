"""The journal of offers in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.amounts import money
from casework.presenters import Telling, Told


def _offered(told: Told) -> str:
    return _("Contract %(contract)s was offered: %(total)s") % {"contract": told.get("contract", ""), "total": money(told.get("total", 0))}


def _taken_back(told: Told) -> str:
    return _("The offer %(contract)s was taken back") % {"contract": told.get("contract", "")}


def _accepted(told: Told) -> str:
    return _("Contract %(contract)s was accepted") % {"contract": told.get("contract", "")}


def _proposed(told: Told) -> str:
    return _("To go back of what was paid: %(amount)s") % {"amount": money(told.get("amount", 0))}


def _to_reckon(told: Told) -> str:
    return _("Held in advance: %(amount)s. Somebody says what was done before it goes back") % {"amount": money(told.get("amount", 0))}


OFFER_TELLINGS: Mapping[str, Telling] = {
    "connection.offered": Telling(_offered, _offered),
    "connection.offer_withdrawn": Telling(_taken_back, _taken_back),
    "connection.contract_accepted": Telling(_accepted, _accepted),
    "connection.design_made": Telling(gettext_lazy("A version of the design was added"), gettext_lazy("The design was drawn")),
    "connection.refund_proposed": Telling(_proposed, _proposed),
    "connection.refund_to_reckon": Telling(_to_reckon, gettext_lazy("We work out what goes back of what you paid")),
}
