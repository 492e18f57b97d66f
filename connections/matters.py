"""What our cases are about, in the reader's words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from casework.matters import Sayer

from .models import ConnectionKind


def of_kind(kind: str) -> str:
    """The code under which a case keeps what is to be connected."""
    return f"connection.{kind}"


def _connection(code: str) -> str:
    if code not in ConnectionKind.values:
        return _("Gas wanted")
    # Translators: what is to be connected follows, as "a home".
    return _("Gas wanted for %(what)s") % {"what": ConnectionKind(code).label}


MATTERS: Mapping[str, Sayer] = {"connection": _connection}
