"""What the events of calls to the hotline, and of appointments at halls, are called."""

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
    "call.order_lapsed": _("nobody made the order that was wanted"),
    "score.sealed": _("an edition of the open score was sealed"),
    "hall_appointment.booked": _("an appointment at a hall was booked"),
    "hall_appointment.rebook": _("the appointment at the hall has another time"),
    "hall_appointment.cancel": _("the appointment at the hall was given up"),
    "hall_appointment.displace": _("we took the time of the appointment at the hall away"),
    "hall_appointment.told": _("somebody was told by phone that the time does not hold"),
    "hall_appointment.arrive": _("whoever had the appointment arrived at the hall"),
    "hall_appointment.call": _("whoever had the appointment was called to a counter"),
    "hall_appointment.serve": _("whoever had the appointment was served"),
    "hall_appointment.miss": _("nobody came to the appointment at the hall"),
    "hall_appointment.lapse": _("the day of the appointment passed and nothing was noted"),
    "hall_appointment.linked": _("the appointment at the hall is about a case"),
    "hall_appointment.erased": _("whose appointment at the hall it was has been erased"),
    "hotline.line_added": _("the number was first heard of"),
    "hotline.reachable": _("the hotline could be reached again"),
    "hotline.unreachable": _("the hotline could not be reached"),
}
