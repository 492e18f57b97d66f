"""Open, freeze, unfreeze and close the supply relation of a customer at a door."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models, numbers
from ..signing import signed
from .search_text import reindex_account

_Status = models.Account.Status


class DoorTaken(Exception):
    """Somebody holds a living account at this door."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(_("Account %(number)s is still open at this door. Close it first.") % {"number": number})


class AccountClosed(Exception):
    """A closed account stays closed."""

    def __init__(self) -> None:
        super().__init__(_("This account is closed."))


class AccountFrozen(Exception):
    """It is frozen already."""

    def __init__(self) -> None:
        super().__init__(_("This account is frozen already."))


class NotFrozen(Exception):
    """There is nothing to unfreeze."""

    def __init__(self) -> None:
        super().__init__(_("This account is not frozen."))


class ReasonMissing(Exception):
    """Freezing stops sales to a household, so that the reason must be written down."""

    def __init__(self) -> None:
        super().__init__(_("Say why the account is frozen."))


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """Who takes gas where, at which price class."""

    customer: models.Customer
    premises: models.Premises
    use_kind: str = models.Account.UseKind.RESIDENTIAL
    price_class: str = models.Account.PriceClass.RESIDENT


@transaction.atomic
def open_account(*, account: NewAccount, by: Actor, at: datetime) -> models.Account:
    """A new account with a number of its own. Raises DoorTaken."""
    # The row lock makes two clerks at the same door wait for each other.
    models.Premises.objects.select_for_update(no_key=True).get(pk=account.premises.pk)
    living = models.Account.objects.filter(premises=account.premises).exclude(status=_Status.CLOSED).first()
    if living:
        raise DoorTaken(living.number)
    row = models.Account(number=numbers.next_account_number(), opened_at=at, **vars(account))
    signed(row, by=by, at=at).save()
    reindex_account(row)
    return row


@transaction.atomic
def freeze_account(*, account: models.Account, reason: str, by: Actor, at: datetime) -> models.Account:
    """Stop sales until unfrozen. Raises ReasonMissing, AccountFrozen, AccountClosed."""
    if not reason.strip():
        raise ReasonMissing
    row = _held(account)
    if row.status == _Status.FROZEN:
        raise AccountFrozen
    return _change(row, _Status.FROZEN, reason.strip()[:200], by=by, at=at)


@transaction.atomic
def unfreeze_account(*, account: models.Account, by: Actor, at: datetime) -> models.Account:
    """Allow sales again. Raises NotFrozen, AccountClosed."""
    row = _held(account)
    if row.status != _Status.FROZEN:
        raise NotFrozen
    return _change(row, _Status.OPEN, "", by=by, at=at)


@transaction.atomic
def close_account(*, account: models.Account, by: Actor, at: datetime) -> models.Account:
    """For good; the customer keeps reading it in the cabinet. Whoever knows the money has settled it first. Raises AccountClosed."""
    row = _held(account)
    row.closed_at = at
    return _change(row, _Status.CLOSED, "", by=by, at=at)


def _held(account: models.Account) -> models.Account:
    row = models.Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if row.status == _Status.CLOSED:
        raise AccountClosed
    return row


def _change(row: models.Account, status: str, frozen_reason: str, *, by: Actor, at: datetime) -> models.Account:
    row.status, row.frozen_reason = status, frozen_reason
    signed(row, by=by, at=at).save(update_fields=["status", "frozen_reason", "closed_at"])
    return row
