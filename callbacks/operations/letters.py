"""Ask by letter, where the matter came by letter from an office: the letter is the call back, and its answer may still come."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

import accounts.queries
from accounts.models import User
from casework.models import Contact
from casework.operations import NewContact, NothingSaid, move, record_contact

from .. import permissions
from ..models import FollowUp
from ..states import FOLLOW_UP
from .holding import hold


@transaction.atomic
def write_letter(*, follow_up: FollowUp, text: str, by: User, at: datetime) -> FollowUp:
    """Keep the letter that goes out; it is printed from what is kept. The link in it answers ``CALLBACK_LINK_DAYS`` longer than one in
    a message, because letters travel.

    Raises NothingSaid, WasThere, NotAsked, WrongMove once it has ended, Forbidden, StaleRow.
    """
    permissions.check_may_ask(by, at=at)
    if not text.strip():
        raise NothingSaid
    found = hold(follow_up)
    staff = accounts.queries.current_staff(by)
    permissions.check_was_elsewhere(found.case, staff)
    days = timedelta(days=2 * settings.CALLBACK_LINK_DAYS)
    fields = {"letter": text.strip(), "asked_by": staff, "ended_at": at, "link_sent_at": at, "link_until": at + days}
    move(found, FOLLOW_UP, "write", by=by, at=at, fields=fields, follow_up=found.pk, outcome="written", asked_by=staff.pk)
    sent = NewContact(means=Contact.Means.LETTER, direction=Contact.Direction.OUT, content=text.strip())
    record_contact(case=found.case, contact=sent, by=by, at=at)
    return found
