"""People and entities that hold accounts: their names, phones, identity numbers and wishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import identity_numbers, models, sealing
from ..queries import current_staff
from ..signing import signed
from .search_text import reindex_customer

_CHANGEABLE = frozenset({"name", "kind", "segment", "language", "channel", "email"})


class BadIdentityNumber(Exception):
    """The check digit or the shape is wrong."""

    def __init__(self) -> None:
        super().__init__(_("This identity number cannot be right. Compare it with the document."))


@dataclass(frozen=True, kw_only=True)
class NewCustomer:
    """Whom to register. The name is kept as typed; the identity number is sealed at once."""

    name: str
    kind: str = models.Customer.Kind.PERSON
    segment: str = models.Segment.ORDINARY
    language: str = "zh-hans"
    phone: str = ""
    identity_number: str = ""


@dataclass(frozen=True)
class Revealed:
    """What lies behind the mask."""

    phones: tuple[str, ...]
    email: str
    identity_number: str


@transaction.atomic
def register_customer(*, customer: NewCustomer, by: Actor, at: datetime) -> models.Customer:
    """A new customer with a primary phone if one is known (E.164 or as typed locally). Raises BadIdentityNumber."""
    row = models.Customer(
        name=customer.name.strip(), kind=customer.kind, segment=customer.segment, language=customer.language, created_at=at
    )
    _seal_identity(row, customer.identity_number)
    signed(row, by=by, at=at).save()
    if customer.phone:
        add_phone(customer=row, number=customer.phone, by=by, at=at, is_primary=True)
    return row


@transaction.atomic
def change_customer(*, customer: models.Customer, changes: Mapping[str, object], by: Actor, at: datetime) -> list[str]:
    """Write only what differs; returns the names of the fields that did. Raises KeyError for a field that is not ours to change."""
    if unknown := set(changes) - _CHANGEABLE:
        raise KeyError(*unknown)
    customer = models.Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    changed = [name for name, value in changes.items() if getattr(customer, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(customer, name, changes[name])
    signed(customer, by=by, at=at).save(update_fields=changed)
    if "name" in changed:
        reindex_customer(customer)
    return changed


@transaction.atomic
def set_identity_number(*, customer: models.Customer, number: str, by: Actor, at: datetime) -> None:
    """Seal an identity number (empty: forget it). Raises BadIdentityNumber."""
    _seal_identity(customer, number)
    signed(customer, by=by, at=at).save(update_fields=["id_number_sealed", "id_number_digest", "id_number_tail"])


@transaction.atomic
def add_phone(*, customer: models.Customer, number: str, by: Actor, at: datetime, is_primary: bool = False) -> models.Phone:
    """A number to reach the customer at; the first one becomes primary by itself. Known numbers are not doubled."""
    models.Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    phone = customer.phones.filter(number=number).first()
    if phone is None:
        phone = models.Phone(customer=customer, number=number)
        signed(phone, by=by, at=at).save()
    if is_primary or not customer.phones.filter(is_primary=True).exists():
        set_primary_phone(phone=phone, by=by, at=at)
    reindex_customer(customer)
    return phone


@transaction.atomic
def set_primary_phone(*, phone: models.Phone, by: Actor, at: datetime) -> None:
    """Codes and messages go to this number from now on."""
    for other in models.Phone.objects.filter(customer_id=phone.customer_id, is_primary=True).exclude(pk=phone.pk):
        other.is_primary = False
        signed(other, by=by, at=at).save(update_fields=["is_primary"])
    phone.is_primary = True
    signed(phone, by=by, at=at).save(update_fields=["is_primary"])


@transaction.atomic
def remove_phone(*, phone: models.Phone, by: Actor, at: datetime) -> None:
    """Forget a number; if it was the primary one, the oldest of the others takes its place."""
    customer = phone.customer
    signed(phone, by=by, at=at).delete()
    heir = customer.phones.order_by("pk").first()
    if heir and not customer.phones.filter(is_primary=True).exists():
        set_primary_phone(phone=heir, by=by, at=at)
    reindex_customer(customer)


@transaction.atomic
def reveal(*, customer: models.Customer, by: models.User, at: datetime) -> Revealed:
    """Phones, e-mail and identity number in clear; that somebody looked is written down first. Raises NotStaff."""
    staff = current_staff(by)
    models.Disclosure.objects.create(customer=customer, by=by.actor_label, staff_name=str(staff), at=at)
    return Revealed(
        phones=tuple(str(phone.number) for phone in customer.phones.order_by("-is_primary", "pk")),
        email=customer.email,
        identity_number=sealing.unseal(customer.id_number_sealed) if customer.id_number_sealed else "",
    )


def _seal_identity(customer: models.Customer, text: str) -> None:
    number = identity_numbers.compact(text)
    is_entity = customer.kind == models.Customer.Kind.ENTITY
    is_valid = identity_numbers.is_valid_for_entity if is_entity else identity_numbers.is_valid_for_person
    if number and not is_valid(number):
        raise BadIdentityNumber
    customer.id_number_sealed = sealing.seal(number) if number else ""
    customer.id_number_digest = sealing.digest(number) if number else ""
    customer.id_number_tail = number[-4:]
