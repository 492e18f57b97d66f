"""The journal of interruptions in plain words, on their own timeline and on that of the cases that belong to them."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.presenters import Telling, Told

from .models import CallTask, OutageWish


def _moment(told: Told, name: str) -> str:
    text = told.get(name)
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "SHORT_DATETIME_FORMAT") if text else "-"


def _planned(told: Told) -> str:
    return _("Planned to begin %(moment)s") % {"moment": _moment(told, "starts_at")}


def _promised(told: Told) -> str:
    return _("Customers are told: gas is back by %(moment)s") % {"moment": _moment(told, "until")}


def _begun(told: Told) -> str:
    count = told.get("customers", 0)
    return ngettext("Gas is off for %(count)s customer", "Gas is off for %(count)s customers", count) % {"count": count}


def _widened(told: Told) -> str:
    count = told.get("customers", 0)
    return ngettext("It touches more places: %(count)s customer", "It touches more places: %(count)s customers", count) % {"count": count}


def _proposed(told: Told) -> str:
    count = told.get("reports", 0)
    return ngettext("Proposed: %(count)s report from one place", "Proposed: %(count)s reports from one place", count) % {"count": count}


def _tickets(told: Told) -> str:
    count = told.get("count", 0)
    return ngettext("%(count)s open repair belongs to it", "%(count)s open repairs belong to it", count) % {"count": count}


def _calls_added(told: Told) -> str:
    count = told.get("count", 0)
    said = ngettext("%(count)s customer whom no message reached is rung", "%(count)s customers whom no message reached are rung", count)
    return said % {"count": count}


def _what(told: Told) -> dict[str, str]:
    what = told.get("what", "")
    return {"what": str(OutageWish.What(what).label) if what in OutageWish.What.values else what}


def _asked(told: Told) -> str:
    return _("An exception was asked for: %(what)s") % _what(told)


def _approved(told: Told) -> str:
    return _("The exception was approved: %(what)s") % _what(told)


def _refused(told: Told) -> str:
    return _("The exception was refused: %(what)s") % _what(told)


def _called(told: Told) -> str:
    result = told.get("result", "")
    return _("A priority customer was rung: %(result)s") % {
        "result": str(CallTask.Result(result).label) if result in CallTask.Result.values else result
    }


TELLINGS: Mapping[str, Telling] = {
    "interruption.planned": Telling(_planned),
    "interruption.made_urgent": Telling(gettext_lazy("An emergency: less than two days' notice is allowed")),
    "interruption.notice_published": Telling(gettext_lazy("Announced to everybody it touches")),
    "interruption.cancelled": Telling(gettext_lazy("Called off")),
    "outage.proposed": Telling(_proposed),
    "outage.begun": Telling(_begun),
    "outage.widened": Telling(_widened),
    "outage.promised": Telling(_promised),
    "outage.promise_moved": Telling(gettext_lazy("The hour told before is replaced in time")),
    "outage.promise_missed": Telling(gettext_lazy("The hour told before had passed: that promise is broken")),
    "outage.ended": Telling(gettext_lazy("Gas is on again")),
    "outage.exception_asked": Telling(_asked),
    "outage.exception_approved": Telling(_approved),
    "outage.exception_refused": Telling(_refused),
    "outage.called": Telling(_called),
    "outage.calls_added": Telling(_calls_added),
    "outage.tickets": Telling(_tickets),
    "outage.ticket": Telling(gettext_lazy("A repair belongs to it")),
    "outage.ticket_removed": Telling(gettext_lazy("A repair was found to have another cause")),
    "outage.attached": Telling(
        gettext_lazy("Belongs to an interruption of supply"), gettext_lazy("This belongs to an interruption of supply around you")
    ),
    "outage.detached": Telling(
        gettext_lazy("Does not belong to the interruption of supply"),
        gettext_lazy("We look after this apart from the interruption of supply"),
    ),
    "outage.over": Telling(
        gettext_lazy("Gas is on again here: ask whether the fault is gone"),
        gettext_lazy("Gas is on again around you; if it is not with you, tell us"),
    ),
}
