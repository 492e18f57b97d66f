"""The sentences for codes that the pure rooms raise: they know no languages."""

from django.utils.translation import gettext as _

from .devices.cards import CardFault
from .diagnoses import Diagnosis
from .volumes import BadNumber, BadVolume


def of_number(fault: BadNumber) -> str:
    """What is wrong with a volume or an amount as typed."""
    finest = _("Enter at most three decimals.") if isinstance(fault, BadVolume) else _("Enter at most two decimals.")
    sentences = {
        "empty": _("Enter a number."),
        "not_a_number": _("This is not a number. Enter digits, with a point or a comma for decimals."),
        "ambiguous": _("This can be read two ways. Enter thousands without a separator, such as 1000."),
        "negative": _("Enter a number above zero."),
        "zero": _("Enter a number above zero."),
        "too_fine": finest,
        "too_large": _("This is more than can be sold at once."),
    }
    return sentences[fault.code]


def of_card(fault: CardFault) -> str:
    """What is wrong with a card or a reader: the same words in the hall, in the API and in the cabinet."""
    return str(Diagnosis(fault.code).label)
