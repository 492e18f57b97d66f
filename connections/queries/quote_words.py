"""What stands on a quote in words: what a line is for, until when it goes back, and where it is to be connected."""

from ..models import Application, QuoteLine
from ..refund_rules import FREE_LINES_UNTIL
from .papers import in_words


def line_words(line: QuoteLine, language: str = "") -> str:
    """What a line is for, in a language or the reader's."""
    return line.words or (in_words(line.fee.names, language) if line.fee else "")


def until_of(line: QuoteLine) -> str:
    """The last status in which a line goes back when the application is withdrawn: as the plan says of its fee."""
    return line.fee.refundable_until if line.fee else FREE_LINES_UNTIL


def place_of(application: Application) -> str:
    """Where it is to be connected, in words."""
    premises = application.case.premises
    return premises.address if premises else application.place
