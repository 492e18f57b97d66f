"""What our cases are about, in the reader's words. What somebody wrote is never a title: lists are read over shoulders."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from casework.matters import Sayer

from .models import About


def of_complaint(about: str) -> str:
    """The code under which a case keeps what is complained about."""
    return f"complaint.{about}"


def _complaint(code: str) -> str:
    if code not in About.values:
        return _("Complaint")
    # Translators: what a complaint is about follows, as "money, a bill or a price".
    return _("Complaint: %(what)s") % {"what": About(code).label}


MATTERS: Mapping[str, Sayer] = {"complaint": _complaint}
