"""What speaks against closing a repair, in words."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DOUBTS: Mapping[str, str | Promise] = {
    "gas_left": _("the last reading still showed gas"),
    "not_made_safe": _("an emergency that nobody said was made safe"),
    "leak_not_found": _("a leak was reported and none was found"),
    "far_away": _("the crew was far from the door when it said that it had arrived"),
    "no_proof": _("neither a place nor a photo proves the arrival"),
    "too_quick": _("it was done in very few minutes"),
    "again": _("the same fault at the same door shortly before"),
    "not_signed": _("the customer has not signed"),
}


def doubts_in_words(codes: Iterable[str]) -> list[str]:
    """What speaks against a closing, in the reader's language."""
    return [str(DOUBTS[code]) for code in codes if code in DOUBTS]
