"""What the events of money, cards and tills are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "top_up.paid": _("gas was paid for"),
    "top_up.reserve": _("the purchase was set aside for the card"),
    "top_up.begin_write": _("writing to the card began"),
    "top_up.confirm": _("the purchase was on the card"),
    "top_up.fail": _("writing to the card failed"),
    "top_up.lose": _("nobody knew whether the card was written"),
    "top_up.settle_written": _("the card was found written"),
    "top_up.settle_unwritten": _("the card was found not written"),
    "top_up.release": _("the purchase went back to waiting for a card"),
    "top_up.take_off": _("the volume was taken off the card"),
    "top_up.reverse": _("the purchase was taken back"),
    "top_up.credited": _("the purchase was credited"),
    "top_up.papers_seen": _("somebody looked at the customer's papers"),
    "meter_command.queue": _("a command was queued for the meter"),
    "meter_command.send": _("the command was sent to the meter"),
    "meter_command.confirm": _("the meter confirmed the command"),
    "meter_command.expire": _("the meter did not come for the command in time"),
    "meter_command.requeue": _("the command was queued again"),
    "meter_command.withdraw": _("the command was withdrawn"),
    "shift.open": _("a shift began"),
    "shift.count": _("the till was counted"),
    "shift.count_for_clerk": _("the till was counted in the clerk's place"),
    "shift.reopen": _("the till was to be counted again"),
    "shift.close": _("the shift was closed"),
    "kiosk.enrolled": _("a kiosk was put up"),
    "kiosk.changed": _("what a kiosk is was changed"),
    "kiosk.status_changed": _("a kiosk changed its state"),
    "kiosk.list_published": _("the list of kiosks was published"),
    "kiosk.key_made": _("a kiosk got a key"),
    "kiosk.key_revoked": _("a key of a kiosk was revoked"),
    "kiosk.emptied": _("the cash of a kiosk was taken out"),
    "reversal.ask": _("taking a purchase back was asked for"),
    "reversal.approve": _("taking a purchase back was approved"),
    "reversal.refuse": _("taking a purchase back was refused"),
    "reversal.carry_out": _("the money went back"),
}
