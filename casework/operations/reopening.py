"""Take an answered case up again, because the answer did not help."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor

from .. import permissions, queries
from ..models import Case, Contact
from .cases import NothingSaid, hold_row, move_case
from .contacts import NewContact, record_contact


@transaction.atomic
def reopen_case(*, case: Case, why: str, by: Actor, at: datetime) -> Case:
    """Work on it again, because the answer did not help: in the customer's words, or in ours.

    Raises NothingSaid, WrongMove, StaleRow, Forbidden once a customer comes too late, ReopenedOften who has done so often already.
    """
    if not why.strip():
        raise NothingSaid
    permissions.check_may_reopen(by, case, at=at)
    hold_row(case)
    is_ours = queries.staff_behind(by) is not None
    said = NewContact(
        means=Contact.Means.NOTE if is_ours else Contact.Means.CABINET,
        direction=Contact.Direction.INSIDE if is_ours else Contact.Direction.IN,
        content=why.strip(),
    )
    record_contact(case=case, contact=said, by=by, at=at)
    return move_case(case=case, verb="reopen", by=by, at=at, fields={"end_reason": ""})
