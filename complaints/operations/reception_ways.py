"""By which way words reach whoever wrote to the virtual reception, and the mark under which another system keeps it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.models import Case

from ..models import Way


class NobodyToAnswer(Exception):
    """An answer goes to somebody."""

    def __init__(self) -> None:
        super().__init__(_("Leave a phone number or an e-mail address, so that our answer reaches you."))


@dataclass(frozen=True)
class Outside:
    """Under what number a portal of the city, or another system, keeps the same."""

    system: str
    number: str


def way_to(case: Case, email: str) -> Way:
    """The way we choose where nobody says otherwise: into the cabinet, by e-mail, by text message, else by letter."""
    if case.asker_id is not None or case.account_id is not None:
        return Way.CABINET
    if email:
        return Way.EMAIL
    return Way.SMS if case.contact_phone else Way.LETTER
