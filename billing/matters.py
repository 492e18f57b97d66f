"""What cases are about that a machine of ours opens, in the reader's words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from casework.matters import Sayer


def of_kiosk_write(reference: str) -> str:
    """The code under which a case keeps which purchase a kiosk could not write."""
    return f"kiosk_write.{reference}"


def _kiosk_write(reference: str) -> str:
    return _("Purchase %(reference)s was not written to the card at a kiosk") % {"reference": reference}


MATTERS: Mapping[str, Sayer] = {"kiosk_write": _kiosk_write}
