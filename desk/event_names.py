"""What the events of calls to the hotline are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "call.ringing": _("the telephone rang"),
    "call.answer": _("somebody took the call"),
    "call.answered": _("the call was answered"),
    "call.hold": _("the caller was put on hold"),
    "call.return": _("the agent was back"),
    "call.joined": _("a second one of us joined the call"),
    "call.solved": _("the question was settled during the call"),
    "call.hang_up": _("the line was cut"),
    "call.ended": _("the call ended"),
    "call.give_up": _("nobody had answered yet"),
    "call.abandoned": _("the caller hung up"),
    "call.save": _("somebody wrote the call down"),
    "call.recorded": _("the call was written down"),
    "call.linked": _("a case came of the call"),
    "call.order_dropped": _("no order is to be made of the call"),
    "hotline.line_added": _("the number was first heard of"),
    "hotline.reachable": _("the hotline could be reached again"),
    "hotline.unreachable": _("the hotline could not be reached"),
}
