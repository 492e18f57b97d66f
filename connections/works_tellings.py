"""The journal of what was found and mended in plain words. The works themselves stand in the construction log."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.presenters import Telling

_TOLD = _("The applicant says that a defect is mended")
WORKS_TELLINGS: Mapping[str, Telling] = {
    "connection.defect_told_mended": Telling(_TOLD, _("You told us that a defect is mended")),
    "connection.defect_mended": Telling(_("A defect is said to be mended")),
    "connection.defect_checked": Telling(_("A defect was looked at: mended"), _("We looked at a defect: mended")),
    "connection.defect_not_mended": Telling(_("A defect was looked at: not mended"), _("We looked at a defect: not mended yet")),
}
