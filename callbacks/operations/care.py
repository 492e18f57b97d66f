"""Look after key accounts, VIPs and private networks: call, visit, meet, and answer for who leaves (CAL-09, CAL-10)."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.models import Account, Customer, Staff, User
from accounts.roles import Verb
from casework.operations import Step, record
from sla.models import Obligation
from sla.operations.duties import NoSuchDuty, note_done

from .. import permissions
from ..models import CareContact, CareLoss, CareManager, CareMeeting
from ..queries.care import CARED_FOR, DUTIES, MEETING, manager_of
from . import naming

#: The same words once more within so long are the same talk.
_SENT_TWICE = timedelta(minutes=10)


class NotCaredFor(Exception):
    """An ordinary customer has no manager."""

    def __init__(self) -> None:
        super().__init__(_("Only key accounts, VIPs, important customers and private networks are looked after by name."))


class NothingWritten(Exception):
    """What was said is the proof that somebody was there."""

    def __init__(self) -> None:
        super().__init__(_("Say with whom you spoke, and what was said."))


class NotYetHeld(Exception):
    """Minutes are written after a meeting."""

    def __init__(self) -> None:
        super().__init__(_("This moment has not come yet."))


class StillWithUs(Exception):
    """Only an account that was closed is a loss."""

    def __init__(self) -> None:
        super().__init__(_("This account is open: nobody has left."))


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A call or a visit. ``score`` is the customer's satisfaction from 1 to 5, if they said."""

    kind: str
    spoke_with: str
    words: str
    next_step: str = ""
    score: int | None = None


@transaction.atomic
def name_manager(*, customer: Customer, staff: Staff, by: User, at: datetime) -> CareManager:
    """From now on this person looks after the customer and what is being worked on for them; whoever did so before does not.

    Raises NotCaredFor, Forbidden."""
    accounts.permissions.check_verb(by, Verb.SEE_BOARD, at=at)
    if customer.segment not in CARED_FOR:
        raise NotCaredFor
    held = Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    current = manager_of(held)
    if current is not None and current.staff_id == staff.pk:
        return current
    CareManager.objects.filter(customer=held, until=None).update(until=at)
    named = CareManager.objects.create(customer=held, staff=staff, since=at)
    naming.see_to_all(customer=held, at=at)
    return named


@transaction.atomic
def talk_with(*, customer: Customer, talk: Talk, by: User, at: datetime) -> CareContact:
    """Keep a call or visit; every turn of a duty that it does is done by it. Raises NotCaredFor, NothingWritten, Forbidden."""
    permissions.check_may_ask(by, at=at)
    if customer.segment not in CARED_FOR:
        raise NotCaredFor
    if not (talk.spoke_with.strip() and talk.words.strip()):
        raise NothingWritten
    if (kept := _kept_already(customer, talk, by, at)) is not None:
        return kept
    proof = hashlib.sha256("\n".join([talk.kind, at.isoformat(), talk.spoke_with, talk.words, talk.next_step]).encode()).hexdigest()
    contact = CareContact.objects.create(
        customer=customer,
        kind=talk.kind,
        at=at,
        staff=accounts.queries.current_staff(by),
        spoke_with=talk.spoke_with.strip(),
        words=talk.words.strip(),
        next_step=talk.next_step.strip(),
        score=talk.score,
        proof=proof,
    )
    obligation = Obligation.objects.filter(customer=customer).first()
    if obligation is not None:
        step = Step("care.contact", {"kind": talk.kind, "contact": contact.pk, "proof": proof})
        record(timeline_id=obligation.timeline_id, steps=[step], by=by, at=at)
    for promise in DUTIES[CareContact.Kind(talk.kind)]:
        _do(promise, customer, by, at)
    return contact


def _kept_already(customer: Customer, talk: Talk, by: User, at: datetime) -> CareContact | None:
    """A form sent twice by an impatient thumb is one talk: coverage counts evidence."""
    Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    same = CareContact.objects.filter(
        customer=customer, staff=accounts.queries.current_staff(by), kind=talk.kind, at__gt=at - _SENT_TWICE, words=talk.words.strip()
    )
    return same.filter(spoke_with=talk.spoke_with.strip()).order_by("-pk").first()


@transaction.atomic
def hold_meeting(*, held_at: datetime, place: str, minutes: str, customers: Collection[Customer], by: User, at: datetime) -> CareMeeting:
    """Keep the minutes of a meeting; the half-year's duty is done by it. Raises NothingWritten, NotYetHeld, Forbidden."""
    accounts.permissions.check_verb(by, Verb.SEE_BOARD, at=at)
    if not minutes.strip() or not customers:
        raise NothingWritten
    if held_at > at:
        raise NotYetHeld
    staff = accounts.queries.current_staff(by)
    meeting = CareMeeting.objects.create(held_at=held_at, place=place.strip(), minutes=minutes.strip(), staff=staff)
    meeting.customers.set(customers)
    _do(MEETING, None, by, at)
    return meeting


@transaction.atomic
def explain_loss(*, account: Account, why: str, lesson: str, by: User, at: datetime) -> CareLoss:
    """Why a customer who was looked after has left; said again, the later word holds. Raises StillWithUs, NothingWritten, Forbidden."""
    permissions.check_may_ask(by, at=at)
    if account.status != Account.Status.CLOSED:
        raise StillWithUs
    if not why.strip():
        raise NothingWritten
    said = {"why": why.strip(), "lesson": lesson.strip(), "staff": accounts.queries.current_staff(by), "at": at}
    loss, _is_new = CareLoss.objects.update_or_create(account=account, defaults=said)
    return loss


def _do(promise: str, customer: Customer | None, by: User, at: datetime) -> None:
    """One turn of one duty, where one is open: a monthly visit has kept the quarter's already."""
    try:
        note_done(promise=promise, customer=customer, by=by, at=at)
    except NoSuchDuty:
        return
