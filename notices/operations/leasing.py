"""Take the next message that may go out now, with everything that goes out together with it.

Note [One hand per person]. What is gathered for a person is gathered under a lock on that person's own row, so that two senders
cannot make two digests of one storm. Whoever finds the person taken ends their transaction and looks for somebody else: a row
lock is never held while waiting for a person.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.clock import in_business_time
from accounts.models import Customer, Staff

from .. import queries
from ..models import Message, MessageStatus
from ..queries import Lane
from . import gathering

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
#: Messages put off in one call (quiet hours, budgets) before it comes back to ask for the time again.
_PUT_OFF = 200


@dataclass
class _Search:
    """What one call has found out: who is in another sender's hands."""

    at: datetime
    lane: Lane
    busy: set[tuple[str, int]] = field(default_factory=set)


def lease(at: datetime, *, lane: Lane) -> Message | None:
    """The next message, booked as tried before it is: itself, or the digest it became. None when nothing can go out now."""
    search = _Search(at, lane)
    for _ in range(_PUT_OFF):
        found, is_finished = _look(search)
        if is_finished:
            return found
    return None


@transaction.atomic
def _look(search: _Search) -> tuple[Message | None, bool]:
    """One look: a message to send, or nothing; and whether looking further is no use."""
    message = _next(search)
    if message is None:
        return None, True
    if message.group and not _take_person(message):
        search.busy.add(_person(message))
        return None, False
    whole = _whole(message, search.at)
    if whole is None:
        return None, False
    message = whole
    message.status, message.attempts = MessageStatus.SENDING, message.attempts + 1
    message.next_attempt_at = search.at + in_business_time(LEASE)
    message.save(update_fields=["status", "attempts", "next_attempt_at"])
    return message, True


def _whole(message: Message, at: datetime) -> Message | None:
    """What goes out for this message, None when it must wait. Whatever ails its neighbours or its reader's wishes, it goes out."""
    try:
        with transaction.atomic():
            return None if gathering.put_off(message=message, at=at) else gathering.gather(message=message, at=at)
    except Exception as error:  # noqa: BLE001 - one bad row must not hold up the others
        log.error("could not gather", extra={"kind": message.kind, "error": type(error).__name__})
        return message


def _next(search: _Search) -> Message | None:
    due = queries.sendable(search.lane).filter(next_attempt_at__lte=search.at)
    for name, person in search.busy:
        due = due.exclude(Q(**{name: person}) & ~Q(group=""))
    rows = due.order_by("next_attempt_at", "pk").select_for_update(skip_locked=True, no_key=True, of=("self",))
    return rows.filter(is_safety=True).first() or rows.first()


def _person(message: Message) -> tuple[str, int]:
    return ("staff", message.staff_id) if message.staff_id else ("customer", message.customer_id or 0)


def _take_person(message: Message) -> bool:
    """Note [One hand per person]. A row that is gone (nobody's message) needs no lock."""
    name, person = _person(message)
    if not person:
        return True
    model = Staff if name == "staff" else Customer
    free = model._default_manager.select_for_update(skip_locked=True, no_key=True).filter(pk=person)
    return free.values_list("pk").first() is not None
