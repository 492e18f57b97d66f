"""What a household proved: more persons than the tariff includes, or free volume."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Account

from .. import permissions
from ..models import Allowance
from ..refusals import BadAllowance


@dataclass(frozen=True, kw_only=True)
class NewAllowance:
    """``persons`` in the household, or ``litres_per_month`` free; from and until are both included."""

    kind: Allowance.Kind
    proof: str
    valid_from: date
    valid_until: date
    persons: int | None = None
    litres_per_month: int | None = None


@transaction.atomic
def grant_allowance(*, account: Account, new: NewAllowance, by: Actor, at: datetime) -> Allowance:
    """Note what was proved, by which paper, until when. It counts from the next quote on. Raises Forbidden, BadAllowance."""
    permissions.check_may_grant_allowances(by, at=at)
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    _check(account, new)
    return Allowance.objects.create(account=account, granted_at=at, granted_by=by.actor_label, **vars(new))


def _check(account: Account, new: NewAllowance) -> None:
    by_persons = new.kind == Allowance.Kind.EXTRA_PERSONS
    amount, other = (new.persons, new.litres_per_month) if by_persons else (new.litres_per_month, new.persons)
    if not amount or amount < 0 or other is not None:
        raise BadAllowance("amount")
    if new.valid_until < new.valid_from:
        raise BadAllowance("period")
    if not new.proof.strip():
        raise BadAllowance("proof")
    same = Allowance.objects.filter(account=account, kind=new.kind, ended_at__isnull=True)
    if same.filter(valid_from__lte=new.valid_until, valid_until__gte=new.valid_from).exists():
        raise BadAllowance("overlaps")


@transaction.atomic
def end_allowance(*, allowance: Allowance, by: Actor, at: datetime) -> Allowance:
    """Take it back from now on; what was bought stays as it was sold. Doing it twice changes nothing. Raises Forbidden."""
    permissions.check_may_grant_allowances(by, at=at)
    Allowance.objects.filter(pk=allowance.pk, ended_at__isnull=True).update(ended_at=at)
    allowance.refresh_from_db(fields=["ended_at"])
    return allowance
