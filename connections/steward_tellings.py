"""The journal of stewards, mandates and surveys in plain words. Who has it and when somebody comes is told by cases and visits."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.presenters import Telling, Told

from . import mandates


def _given(told: Told) -> str:
    how, what = told.get("how"), "; ".join(mandates.in_words(told.get("deeds", [])))
    words = mandates.SignedHow(how).label if how in mandates.SignedHow.values else ""
    return _("The applicant has us act for them: %(what)s (%(how)s)") % {"what": what, "how": words}


STEWARD_TELLINGS: Mapping[str, Telling] = {
    "connection.mandate_given": Telling(_given, gettext_lazy("We act for you")),
    "connection.mandate_revoked": Telling(gettext_lazy("The applicant took the mandate back"), gettext_lazy("You act for yourself again")),
}
