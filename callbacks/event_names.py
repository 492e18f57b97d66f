"""What the events of follow-ups are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "callback.attempted": _("calling back was tried"),
    "callback.done": _("the customer was called back"),
    "callback.dropped": _("the call back was given up"),
    "callback.handed_to_hotline": _("the call back was passed to the hotline"),
    "callback.hear": _("what the customer said was written down"),
    "callback.write": _("the customer was asked by letter"),
    "callback.refuse": _("the customer did not want to be asked"),
    "callback.give_up": _("nobody was reached, as often as we tried"),
    "callback.find_wrong": _("the number turned out to be somebody else's"),
    "callback.drop": _("there was nothing to ask about any more"),
    "callback.link_sent": _("the customer was sent a link to answer by"),
    "callback.said_online": _("the customer answered by the link, and is to be rung"),
    "callback.problem_told": _("a problem heard in a call back went to a department"),
    "care.contact": _("somebody who is looked after was called or visited"),
}
