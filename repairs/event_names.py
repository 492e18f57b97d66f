"""What the events of repairs, restorations and interruptions of supply are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "repair.held": _("the report was set aside to be looked at"),
    "repair.outside_area": _("the place lies outside our territory"),
    "repair.release": _("a report that was set aside was let through"),
    "repair.order": _("the report became a repair order"),
    "repair.ordered": _("a repair was ordered"),
    "repair.dispatch": _("a crew was given the repair"),
    "repair.dispatched": _("the repair was handed to a crew"),
    "repair.undispatch": _("the crew was taken off the repair"),
    "repair.arrive": _("the crew was on site"),
    "repair.wait": _("the repair had to wait"),
    "repair.finish": _("the crew reported the repair done"),
    "repair.finished": _("the fault was mended"),
    "repair.confirm": _("the repair was found to be good"),
    "repair.confirmed": _("the repair was confirmed"),
    "repair.close": _("the repair was closed"),
    "repair.reopen": _("the repair was opened again"),
    "repair.cancel": _("the repair was withdrawn"),
    "repair.merge": _("the repair was merged into another case"),
    "restoration.restore": _("gas was turned on again"),
    "restoration.done": _("supply was restored"),
    "restoration.close": _("the restoration was closed"),
    "restoration.reopen": _("the restoration was opened again"),
    "restoration.cancel": _("the restoration was withdrawn"),
    "restoration.merge": _("the restoration was merged into another case"),
    "interruption.planned": _("an interruption of supply was planned"),
    "interruption.notice_published": _("the interruption was announced"),
    "interruption.cancelled": _("the interruption was called off"),
    "outage.announce": _("the outage was announced"),
    "outage.begin": _("the valves were closed"),
    "outage.begun": _("supply was interrupted"),
    "outage.end": _("the valves were opened"),
    "outage.ended": _("supply was on again"),
    "outage.cancel": _("the outage was called off"),
}
