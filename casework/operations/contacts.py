"""Write down that we and the customer spoke, wrote or met: what promises about replies are measured by."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User

from .. import kinds, permissions, queries
from ..models import Case, Contact
from .cases import NothingSaid, hold_row, move_case
from .events import Step, record


class NoReply(Exception):
    """Only a person who reached the customer has replied."""

    def __init__(self) -> None:
        super().__init__(_("Only a person who reached the customer has given a reply."))


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """What happened. Seconds are of a call; ``is_reply``: a person answered the customer in substance; ``content``: what was said."""

    means: str
    direction: str
    content: str = ""
    is_automatic: bool = False
    is_reached: bool = True
    is_reply: bool = False
    call_type: str = ""
    ring_seconds: int | None = None
    talk_seconds: int | None = None
    hold_seconds: int | None = None


@transaction.atomic
def record_contact(*, case: Case, contact: NewContact, by: Actor, at: datetime) -> Contact:
    """Keep a contact with the case and tell its timeline (``case.contacted``; ``case.noted`` for a note among ourselves).

    A word from the customer ends our waiting for one, and nothing else: thanks do not open an answered case again. Customers
    themselves only write to us. Raises NoReply, NotYourCase.
    """
    permissions.check_may_contact(by, case, at=at)
    if contact.is_reply and (contact.is_automatic or not contact.is_reached or contact.direction != Contact.Direction.OUT):
        raise NoReply
    staff = queries.staff_behind(by)
    if isinstance(by, User) and staff is None:
        contact = NewContact(means=Contact.Means.CABINET, direction=Contact.Direction.IN, content=contact.content)
    ends_waiting = _is_heard(contact) and kinds.kind(case.kind).lifecycle.find("hear_customer", case.status) is not None
    if ends_waiting:
        hold_row(case)
    row = Contact.objects.create(
        case=case,
        at=at,
        by=by.actor_label,
        staff=staff,
        **{name: getattr(contact, name) for name in NewContact.__dataclass_fields__},
    )
    record(timeline_id=case.timeline_id, steps=[_step(row)], by=by, at=at)
    if ends_waiting:
        move_case(case=case, verb="hear_customer", by=by, at=at)
    return row


@transaction.atomic
def ask_leader(*, case: Case, question: str, by: User, at: datetime) -> Contact:
    """Put an uncertain, important or urgent matter before the head: it stays with who asks, who then gives an exact answer.

    Raises NothingSaid, Forbidden.
    """
    permissions.check_may_handle(by, case, at=at)
    if not question.strip():
        raise NothingSaid
    row = Contact.objects.create(
        case=case,
        at=at,
        by=by.actor_label,
        staff=queries.staff_behind(by),
        means=Contact.Means.NOTE,
        direction=Contact.Direction.INSIDE,
        content=question.strip(),
    )
    record(timeline_id=case.timeline_id, steps=[Step("case.leader_asked", {"contact": row.pk})], by=by, at=at)
    return row


def _is_heard(contact: NewContact) -> bool:
    return contact.direction == Contact.Direction.IN and contact.is_reached and not contact.is_automatic


def _step(row: Contact) -> Step:
    if row.direction == Contact.Direction.INSIDE:
        return Step("case.noted", {"contact": row.pk})
    facts = {
        "direction": str(row.direction),
        "means": str(row.means),
        "by": "system" if row.is_automatic else "human",
        "reached": int(row.is_reached),
        "replies": int(row.is_reply),
        "contact": row.pk,
    }
    return Step("case.contacted", facts)
