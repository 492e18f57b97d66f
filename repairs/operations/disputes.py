"""It does not work after all: the same case goes on, with another visit.

Note [How often a word sends a crew]. Nobody loses a visit because a repair was closed too early: ``REOPEN_DAYS`` long its customer,
signed in or with reference and code, opens it again, and a crew is asked for. Who has done so ``REOPEN_TIMES`` is not sent away
either: the word is kept, and somebody rings before a crew goes again; they stand on top of those to ring, and are told of once until
somebody has. It goes through casework's own door (``reopen_case``), which counts whoever comes by another one too. A leak is another
matter: it is reported anew at any time, and then is an order.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from casework.models import Contact
from casework.operations import NewContact, Step, WrongMove, record, record_contact, reopen_case
from casework.permissions import ReopenedOften

from ..models import Repair
from ..states import REPAIR


class KnownAlready(Exception):
    """It was said, and nobody has rung yet."""

    def __init__(self) -> None:
        super().__init__(_("We know that something is still wrong, and ring you about it."))


@transaction.atomic
def dispute(*, repair: Repair, words: str, by: Actor, at: datetime) -> Repair:
    """It does not work: another visit, or where that was said often already (``disputed_at`` is set then) a call first.

    Raises NothingSaid, KnownAlready, WrongMove, StaleRow, Forbidden once a customer comes too late.
    """
    if REPAIR.find("reopen", repair.case.status) is None:
        raise WrongMove("reopen", repair.case.status, REPAIR.label_of(repair.case.status))
    try:
        reopen_case(case=repair.case, why=words, by=by, at=at)
    except ReopenedOften:
        _ring_first(repair, words, by, at)
    else:
        # A crew goes again: who had been waiting for a call waits no more, whatever is read before the rest is begun again.
        repair.disputed_at = None
        repair.save(update_fields=["disputed_at"])
    return repair


def begin_again(*, repair: Repair) -> None:
    """What was found and confirmed belongs to the ending that did not last; in the caller's transaction."""
    repair.outcome, repair.doubts, repair.is_doubtful, repair.finished_at = "", [], False, None
    repair.confirmed_how, repair.confirmed_by, repair.confirmed_at, repair.disputed_at = "", "", None, None
    fields = ["outcome", "doubts", "is_doubtful", "finished_at", "confirmed_how", "confirmed_by", "confirmed_at", "disputed_at"]
    repair.save(update_fields=fields)


def _ring_first(repair: Repair, words: str, by: Actor, at: datetime) -> None:
    if not Repair.objects.filter(pk=repair.pk, disputed_at=None).update(disputed_at=at):
        raise KnownAlready
    repair.disputed_at = at
    said = NewContact(means=Contact.Means.CABINET, direction=Contact.Direction.IN, content=words.strip())
    record_contact(case=repair.case, contact=said, by=by, at=at)
    record(timeline_id=repair.case.timeline_id, steps=[Step("repair.disputed")], by=by, at=at)
