"""What our own events are called, and those of the book of promises whose rooms are yet to come.

A room that is built names its events itself, in an ``event_names.py`` of its own: its words then hold, and the line here can go.
Until then a promise that listens to it waits for ever, and whoever writes one is told (``sla.heard``).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Recorded by this app.
_OURS: Mapping[str, str | Promise] = {
    "duty.due": _("a turn of a recurring duty began"),
    "duty.done": _("the duty was done"),
    "duty.ended": _("the duty fell away"),
    "extension.ask": _("more time was asked for"),
    "extension.approve": _("more time was approved"),
    "extension.refuse": _("more time was refused"),
    "extension.withdraw": _("more time was no longer asked for"),
    "compensation.pay": _("compensation was credited"),
    "compensation.amend": _("the compensation was worked out anew"),
    "compensation.renew": _("compensation was owed again"),
    "compensation.withdraw": _("compensation was no longer owed"),
    "compensation.take_back": _("credited compensation was taken back"),
    "compensation.account_named": _("an account for the compensation was named"),
    "compensation.exempt": _("compensation was found not to be owed"),
    "promise.breach_explained": _("somebody said why a promise was broken"),
    "promise.moved": _("the clock was moved to another version of the promise"),
    "promise.recomputed": _("the moment was worked out anew"),
    "sla.compensation_due": _("compensation fell due"),
    "sla.compensation_void": _("compensation had to be taken back"),
}
#: Of the book, until their rooms are built: nobody records them yet.
COMING: Mapping[str, str | Promise] = {
    "inspection.done": _("the safety check was done"),
    "service.quoted": _("a price was offered"),
    "service.quote_agreed": _("the price was agreed"),
    "service.quote_declined": _("the price was declined"),
    "service.order_received": _("the service order arrived"),
    "service.order_signed": _("the customer signed for the service"),
    "top_up.ordered_online": _("gas was ordered online"),
    "top_up.ready_to_write": _("the purchase was ready for the card"),
    "visit.called": _("the number was called at the counter"),
    "visit.papers_handed_in": _("papers were handed in at the counter"),
    "visit.papers_handed_back": _("papers were handed back at the counter"),
    "visit.left": _("the visitor left the hall"),
}

EVENT_NAMES: Mapping[str, str | Promise] = {**_OURS, **COMING}
