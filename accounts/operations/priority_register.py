"""The register of priority customers: put somebody on it, for longer, off it; always with a reason. The customer's flag follows.

Note [The flag follows]. Whoever reads whether a customer comes first reads ``Customer.is_vulnerable``; it is written here only, with
the entry that changes it, and by a job each night for entries that begin or run out by themselves.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import permissions
from ..clock import business_date
from ..models import Customer, PriorityEntry, User
from ..roles import Verb
from ..signing import signed


class BadEntry(Exception):
    """It cannot be written down so. ``code``: the field."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


class OnTheRegister(Exception):
    """One entry for one ground; a longer time is given to that one."""

    def __init__(self) -> None:
        super().__init__(_("This customer is on the register for this ground already. Give that entry a longer time."))


class EntryEnded(Exception):
    """What was ended is not changed any more."""

    def __init__(self) -> None:
        super().__init__(_("This entry was ended. Write a new one if it is needed."))


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """Why, which paper was seen, from when until when (both days count; None: until somebody ends it), and what else is to be said."""

    ground: str
    evidence: str
    since: date
    until: date | None = None
    why: str = ""


@transaction.atomic
def put_on_register(*, customer: Customer, entry: NewEntry, by: Actor, at: datetime) -> PriorityEntry:
    """A customer comes first from a day on. Raises BadEntry, OnTheRegister, Forbidden."""
    _check(by, at)
    if not entry.evidence.strip():
        raise BadEntry("evidence", _("Write down which paper you saw."))
    if entry.until is not None and entry.until < max(entry.since, business_date(at)):
        raise BadEntry("until", _("This day is over already, or lies before the first one."))
    held = _locked(customer.pk)
    row = PriorityEntry(customer=held, ground=entry.ground, evidence=entry.evidence.strip(), since=entry.since, until=entry.until)
    try:
        with transaction.atomic():
            _save(row, entry.why, by, at)
    except IntegrityError:
        raise OnTheRegister from None
    _follow(held, by, at)
    return row


@transaction.atomic
def extend_entry(*, entry: PriorityEntry, until: date | None, why: str, by: Actor, at: datetime) -> PriorityEntry:
    """It lasts until another day (None: until somebody ends it), longer or shorter. Raises BadEntry, EntryEnded, Forbidden."""
    row = _standing(entry, why, by, at)
    if until is not None and until < max(row.since, business_date(at)):
        raise BadEntry("until", _("This day is over already, or lies before the first one."))
    row.until = until
    _save(row, why, by, at)
    _follow(row.customer, by, at)
    return row


@transaction.atomic
def end_entry(*, entry: PriorityEntry, why: str, by: Actor, at: datetime) -> PriorityEntry:
    """It does not hold any more from now on; it stays to be read. Raises BadEntry without a reason, EntryEnded, Forbidden."""
    row = _standing(entry, why, by, at)
    row.ended_at = at
    _save(row, why, by, at)
    _follow(row.customer, by, at)
    return row


def follow_register(*, by: Actor, at: datetime) -> int:
    """Entries began or ran out by themselves: let the flags follow; how many did. Doing it twice is no mistake."""
    standing = PriorityEntry.objects.standing(business_date(at)).values("customer")
    behind = Q(is_vulnerable=False, pk__in=standing) | (Q(is_vulnerable=True) & ~Q(pk__in=standing))
    keys = list(Customer.objects.filter(behind).order_by("pk").values_list("pk", flat=True))
    return sum(_follow_alone(key, by, at) for key in keys)


@transaction.atomic
def _follow_alone(customer: int, by: Actor, at: datetime) -> bool:
    return _follow(_locked(customer), by, at)


def _follow(customer: Customer, by: Actor, at: datetime) -> bool:
    """Whether the flag had to be written; of a customer who is locked."""
    is_on_it = PriorityEntry.objects.standing(business_date(at)).filter(customer=customer).exists()
    if customer.is_vulnerable == is_on_it:
        return False
    customer.is_vulnerable = is_on_it
    signed(customer, by=by, at=at).save(update_fields=["is_vulnerable"])
    return True


def _locked(customer: int) -> Customer:
    return Customer.objects.select_for_update(no_key=True).get(pk=customer)


def _standing(entry: PriorityEntry, why: str, by: Actor, at: datetime) -> PriorityEntry:
    _check(by, at)
    if not why.strip():
        raise BadEntry("why", _("Say why, in a few words."))
    held = _locked(entry.customer_id)
    row = PriorityEntry.objects.get(pk=entry.pk)
    row.customer = held
    if row.ended_at is not None:
        raise EntryEnded
    return row


def _save(row: PriorityEntry, why: str, by: Actor, at: datetime) -> None:
    row.why = why.strip()[:200]
    signed(row, by=by, at=at).save()


def _check(by: Actor, at: datetime) -> None:
    if isinstance(by, User):
        permissions.check_verb(by, Verb.KEEP_REGISTER, at=at)
