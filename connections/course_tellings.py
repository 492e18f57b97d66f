"""The journal of an application's way in plain words: accepted, its stages, its day; stages by the names that administrators gave them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.presenters import Namer, Telling, Told

from .models import StageRow
from .queries.papers import in_words


def stage_names(keys: Collection[Any]) -> Mapping[Any, str]:
    """What the stages with these keys are called, by the newest plan that has them."""
    rows = StageRow.objects.filter(key__in=[str(key) for key in keys]).order_by("pk")
    return {key: in_words(names) for key, names in rows.values_list("key", "names")}


def _started(told: Told) -> str:
    day = _day(told.get("promised_at"))
    if not day:
        return _("Begun: %(stage)s") % {"stage": told.get("about", "")}
    return _("Begun: %(stage)s, promised until %(day)s") % {"stage": told.get("about", ""), "day": day}


def _planned(told: Told) -> str:
    return _("Gas is to be on by %(day)s") % {"day": _day(told.get("planned_at"))}


def _day(moment: str | None) -> str:
    return formats.date_format(timezone.localtime(datetime.fromisoformat(moment)), "SHORT_DATE_FORMAT") if moment else ""


_DONE = gettext_lazy("Done: %(about)s")
_FAILED = gettext_lazy("To be done once more: %(about)s")
_MISSED = gettext_lazy("Not done by its day: %(about)s")
_SKIPPED = gettext_lazy("Not needed: %(about)s")
_GIVEN_OUT = gettext_lazy("With a third party: %(about)s")
_BACK = gettext_lazy("Back from a third party: %(about)s")
_ACCEPTED = gettext_lazy("The application was accepted")
COURSE_TELLINGS: Mapping[str, Telling] = {
    "connection.accepted": Telling(_ACCEPTED, gettext_lazy("Your application was accepted")),
    "connection.carried_over": Telling(
        gettext_lazy("What came with %(case)s is here now"), gettext_lazy("What you sent for %(case)s is here now")
    ),
    "connection.claimed": Telling(gettext_lazy("The applicant put the application into the cabinet")),
    "connection.planned": Telling(_planned, _planned),
    "connection.stage_started": Telling(_started, _started),
    "connection.stage_done": Telling(_DONE, _DONE),
    "connection.stage_failed": Telling(_FAILED, _FAILED),
    "connection.stage_missed": Telling(_MISSED, _MISSED),
    "connection.stage_skipped": Telling(_SKIPPED),
    "connection.stage_given_out": Telling(_GIVEN_OUT, _GIVEN_OUT),
    "connection.stage_taken_back": Telling(_BACK, _BACK),
}
COURSE_NAMERS: Mapping[str, Namer] = {"about": stage_names}
