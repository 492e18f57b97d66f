"""Codes of suggestions and forecasts in the reader's words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .forecast import Option
from .suggestions import Reason

_REASONS: Mapping[str, Promise] = {
    Reason.IN_PERSON: _("looks after the case"),
    Reason.IN_TIME: _("there in time"),
    Reason.TOO_LATE: _("not there in time"),
    Reason.DISTANCE_UNKNOWN: _("nobody knows how far it is"),
    Reason.OWN_TERRITORY: _("works in this territory"),
    Reason.NEIGHBOURING: _("from another territory"),
    Reason.FREE: _("has nothing else to do"),
    Reason.BUSY: _("has other visits first"),
    Reason.LEAVES_OTHER_WORK: _("leaves other work for it"),
    Reason.POSITION: _("reckoned from where it was last"),
    Reason.FROM_HOME: _("reckoned from its hall or territory"),
    Reason.ON_CALL: _("at home on call, must be called in"),
    Reason.ASKED_BEFORE: _("was asked before and did not take it"),
}
_OPTIONS: Mapping[str, Promise] = {
    Option.CALL_IN: _("call the crew in from home"),
    Option.NEIGHBOUR: _("send the crew of a neighbouring territory"),
    Option.POLICE_AND_FIRE: _("ask police and fire brigade to keep people away"),
}


def reason(code: str) -> str:
    """Why a crew was suggested; a code of an older version as it is."""
    return str(_REASONS.get(code, code))


def option(code: str) -> str:
    """What a dispatcher can still do."""
    return str(_OPTIONS.get(code, code))
