"""The journal of complaints in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.presenters import Telling, Told

from .models import About, MajorWhy


def _recorded(told: Told) -> str:
    about = About(told["cause"]).label if told.get("cause") in About.values else ""
    return _("Taken down: %(about)s; complained about before: %(earlier)s") % {"about": about, "earlier": told.get("earlier", 0)}


def _judged(told: Told) -> str:
    why = told.get("major")
    if why in MajorWhy.values:
        return _("Judged as a major complaint: %(why)s") % {"why": MajorWhy(why).label}
    return _("Judged anew; an ordinary complaint")


def _rated(told: Told) -> str:
    return _("The customer's satisfaction: %(score)s of 5") % {"score": told.get("score", "-")}


COMPLAINT_TELLINGS: Mapping[str, Telling] = {
    "complaint.recorded": Telling(_recorded),
    "complaint.threatened": Telling(gettext_lazy("It holds a threat; a supervisor knows")),
    "complaint.accused": Telling(gettext_lazy("It was said whom it is about")),
    "complaint.cleared": Telling(gettext_lazy("Somebody was named by mistake")),
    "complaint.taken_from_accused": Telling(gettext_lazy("Taken from whom it is about; somebody else looks into it")),
    "complaint.judged": Telling(_judged),
    "complaint.investigation_started": Telling(gettext_lazy("Looking into it began"), gettext_lazy("We look into your complaint")),
    "complaint.department_asked": Telling(
        gettext_lazy("A department was asked what happened"), gettext_lazy("We asked those concerned what happened")
    ),
    "complaint.department_answered": Telling(
        gettext_lazy("The department said what happened"), gettext_lazy("Those concerned have told us what happened")
    ),
    "complaint.work_done": Telling(
        gettext_lazy("Something that was promised is done"), gettext_lazy("Something that we promised you is done")
    ),
    "complaint.settle": Telling(gettext_lazy("All that was promised is done")),
    "complaint.refuse": Telling(gettext_lazy("Refused, with the reason")),
    "complaint.rated": Telling(_rated),
}
