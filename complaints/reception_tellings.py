"""The journal of the virtual reception in plain words: for us, and for who wrote."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.presenters import Telling, Told


def _day(moment: str) -> str:
    return formats.date_format(timezone.localtime(datetime.fromisoformat(moment)), "SHORT_DATETIME_FORMAT") if moment else "-"


def _date_told(told: Told) -> str:
    return _("The applicant was told: an answer by %(day)s") % {"day": _day(told.get("until", ""))}


def _date_promised(told: Told) -> str:
    return _("It takes longer: you have our answer by %(day)s") % {"day": _day(told.get("until", ""))}


def _agreed(told: Told) -> str:
    return _("Agreed for %(when)s") % {"when": _day(told.get("agreed_for", ""))}


RECEPTION_TELLINGS: Mapping[str, Telling] = {
    "appeal.forwarded": Telling(
        gettext_lazy("A specialist was asked what to answer"), gettext_lazy("Your letter is with the department in charge")
    ),
    "appeal.direction_answered": Telling(
        gettext_lazy("The specialist told the reception what to answer"), gettext_lazy("The department in charge has looked at it")
    ),
    "appeal.date_told": Telling(_date_told, _date_promised),
    "appeal.declined": Telling(
        gettext_lazy("Not ours to answer; the applicant knows why"), gettext_lazy("We wrote why we cannot answer this")
    ),
    "application.routed": Telling(
        gettext_lazy("Complete, and given to the specialist in charge"), gettext_lazy("Your application is with the specialist in charge")
    ),
    "application.time_agreed": Telling(_agreed, _agreed),
    "application.finish": Telling(gettext_lazy("The service was done"), gettext_lazy("The service was done")),
}
