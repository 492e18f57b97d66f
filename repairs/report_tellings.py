"""The journal of reports and repairs in plain words. How the crew gets on is told of its visit."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.presenters import Telling, Told

from .models import Repair
from .wording import REASONS


def _held(told: Told) -> str:
    return _("Set aside, no crew goes: %(why)s") % {"why": REASONS.get(f"many_from_{told.get('source')}", "")}


def _finished(told: Told) -> str:
    outcome = told.get("outcome", "")
    if outcome in Repair.Outcome.values:
        return _("The crew has finished: %(how)s") % {"how": Repair.Outcome(outcome).label}
    return _("The crew has finished")


def _waits(told: Told) -> str:
    return _("Nobody opened; it waits for another time") if told.get("why") == "no_access" else _("It waits")


def _cluster(told: Told) -> str:
    return _("%(count)s doors near here report the like: perhaps an interruption") % {"count": told.get("count", "-")}


TELLINGS: Mapping[str, Telling] = {
    "repair.ordered": Telling(gettext_lazy("Ordered; a crew is asked for"), gettext_lazy("The repair is ordered")),
    "repair.dispatched": Telling(gettext_lazy("A crew has it")),
    "repair.undispatch": Telling(gettext_lazy("No crew has it any more"), gettext_lazy("We look for another crew")),
    "repair.arrive": Telling(gettext_lazy("The crew is there")),
    "repair.wait": Telling(_waits, _waits),
    "repair.finish": Telling(_finished),
    "repair.held": Telling(_held, gettext_lazy("A colleague looks at your report before a crew goes")),
    "repair.release": Telling(gettext_lazy("Let through")),
    "repair.outside_area": Telling(
        gettext_lazy("Outside our area: no crew goes by itself"), gettext_lazy("The place seems to lie outside our area")
    ),
    "repair.asked_anew": Telling(gettext_lazy("The crew was asked for anew with another urgency")),
    "repair.disputed": Telling(
        gettext_lazy("The customer says once more that it is not mended: ring first"), gettext_lazy("We ring you before a crew comes again")
    ),
    "repair.cluster_seen": Telling(_cluster),
    "repair.followed": Telling(
        gettext_lazy("Follows an earlier report of the same trouble"), gettext_lazy("Goes along with an earlier report")
    ),
    "repair.joined": Telling(gettext_lazy("%(case)s follows this report")),
    "repair.stood_alone": Telling(gettext_lazy("Stands by itself again"), gettext_lazy("Stands by itself again")),
    "restoration.done": Telling(gettext_lazy("Gas is on again"), gettext_lazy("Gas is on again")),
}
