"""What our cases are about, in the reader's words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from casework.matters import Sayer

from .models import Repair, Restoration


def of_fault(fault: str) -> str:
    """The code under which a case keeps its fault."""
    return f"fault.{fault}"


def of_restoration(cause: str) -> str:
    """The code under which a case keeps why the gas was off."""
    return f"restoration.{cause}"


def _fault(code: str) -> str:
    words = str(Repair.Fault(code).label) if code in Repair.Fault.values else ""
    return words[:1].upper() + words[1:]


def _restoration(code: str) -> str:
    if code not in Restoration.Cause.values:
        return _("Turn the gas on again")
    return _("Turn the gas on again: %(cause)s") % {"cause": Restoration.Cause(code).label}


MATTERS: Mapping[str, Sayer] = {"fault": _fault, "restoration": _restoration}
