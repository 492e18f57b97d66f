"""Gas on: an applicant becomes a customer with an account, in one transaction or not at all.

Note [Once]. Whoever presses twice, or again after a crash, finds what the first press made: the row GasOn is one per application, written
under the lock of its case together with account, meter, card, contract and clocks.

Note [The first safety check]. Its promise (T12) runs as long as gas is supplied, longer than the case: it has a timeline of its own, kind
"supply", on which later checks will be told.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from sequences import get_next_value

import accounts.operations.accounts
import accounts.operations.binding
import accounts.operations.customers
import accounts.operations.premises
import accounts.queries
import billing.operations.first_meters
from accounts import identity_numbers, sealing
from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Account, Binding, Customer, Premises, Territory
from accounts.operations.accounts import NewAccount
from accounts.operations.customers import NewCustomer
from accounts.operations.meters import NewMeter
from casework.models import Case, Timeline
from casework.operations import Step, change_case, move_case, open_timeline

from .. import works_permissions
from ..models import Application, ConnectionKind, Contract, Deed, GasOn
from ..queries.defects import keeps_gas_off
from ..states import ConnectionStatus
from . import stage_course, stages
from .holding import hold_case
from .inspections import CriticalOpen

_USES = {
    ConnectionKind.RESIDENTIAL: Account.UseKind.RESIDENTIAL,
    ConnectionKind.SMALL_MICRO: Account.UseKind.SMALL_MICRO,
}


class NotReady(Exception):
    """Its acceptance was not passed."""

    def __init__(self) -> None:
        super().__init__(_("The connection has not passed its acceptance yet."))


@dataclass(frozen=True, kw_only=True)
class Supply:
    """Who will have gas where, through which meter: as seen on the plate and the identity papers at the door.

    ``customer`` is one we know, else ``new_customer`` is registered. ``door`` is the door in ``territory``, unless the application
    names the premises. ``price_class`` is an Account.PriceClass.
    """

    meter: NewMeter
    price_class: str
    customer: Customer | None = None
    new_customer: NewCustomer | None = None
    territory: Territory | None = None
    door: str = ""


class WhoAndWhere(Exception):
    """An account is somebody's, at a door."""

    def __init__(self) -> None:
        super().__init__(_("Say whose account it will be and at which door."))


@transaction.atomic
def let_gas_in(*, application: Application, supply: Supply, by: Actor, at: datetime) -> GasOn:
    """Turn the gas on, once. See Note [Once] and inspections.py, Note [Who may let gas in].

    Raises CriticalOpen, NotReady, WhoAndWhere, NoPrepaidMeter, DoorTaken, MeterInUse, BadIdentityNumber, Forbidden.
    """
    works_permissions.check_may_let_gas_in(by, at=at)
    case = _held(application)
    known = GasOn.objects.select_related("account").filter(application=application).first()
    if known is not None:
        return known
    if keeps_gas_off(application):
        raise CriticalOpen
    if case.status != ConnectionStatus.READY:
        raise NotReady
    account = _open(application, supply, by, at)
    supply_line = open_timeline(kind="supply", steps=[Step("supply.gas_on", _facts(case, account))], by=by, at=at)
    made = _write(application, account, supply_line, by=by, at=at)
    change_case(case=case, account=account, by=stage_course.BY, at=at)
    move_case(case=case, verb="connect", by=by, at=at, facts={"account": account.number})
    stages.finish_by_deed(application=application, deed=Deed.GAS_ON, by=by, at=at)
    return made


def first_check(day: date) -> date:
    """By when a home that got gas on this day is checked for the first time: within twelve months (T12)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def _held(application: Application) -> Case:
    """The case, locked, over or not: a second press comes after the first."""
    case = hold_case(application.case)
    case.timeline = Timeline.objects.get(pk=case.timeline_id)
    return case


def _open(application: Application, supply: Supply, by: Actor, at: datetime) -> Account:
    customer = supply.customer or _known(supply)
    if customer is None and supply.new_customer is not None:
        customer = accounts.operations.customers.register_customer(customer=supply.new_customer, by=by, at=at)
    premises = application.case.premises or _door(supply, by, at)
    if customer is None or premises is None:
        raise WhoAndWhere
    use = _USES.get(ConnectionKind(application.kind), Account.UseKind.COMMERCIAL)
    wanted = NewAccount(customer=customer, premises=premises, use_kind=use, price_class=supply.price_class)
    account = accounts.operations.accounts.open_account(account=wanted, by=by, at=at)
    billing.operations.first_meters.put_in_first_meter(account=account, meter=supply.meter, by=by, at=at)
    if (asker := application.case.asker) is not None:
        papers = application.case.reference
        accounts.operations.binding.bind_with_papers(user=asker, account=account, role=Binding.Role.HOLDER, papers=papers, by=by, at=at)
    return account


def _known(supply: Supply) -> Customer | None:
    """Whoever has this identity number already is the same person, and keeps one record."""
    number = identity_numbers.compact(supply.new_customer.identity_number) if supply.new_customer else ""
    return Customer.objects.filter(id_number_digest=sealing.digest(number)).order_by("pk").first() if number else None


def _door(supply: Supply, by: Actor, at: datetime) -> Premises | None:
    if supply.territory is None or not supply.door.strip():
        return None
    return accounts.operations.premises.register_premises(territory=supply.territory, door=supply.door, by=by, at=at)


def _write(application: Application, account: Account, supply_line: Timeline, *, by: Actor, at: datetime) -> GasOn:
    application.account = account
    application.save(update_fields=["account"])
    today: date = business_date(at)
    return GasOn.objects.create(
        application=application,
        account=account,
        contract=Contract.objects.filter(quote__application=application, accepted_at__isnull=False).order_by("-accepted_at").first(),
        supply_contract=f"S{today:%y}{get_next_value(f'connections.supply.{today:%y}'):06d}",
        supply=supply_line,
        inspect_by=first_check(today),
        at=at,
        by=by.actor_label,
    )


def _facts(case: Case, account: Account) -> dict[str, object]:
    """All that promises are chosen by, so that no clock has to ask."""
    return {
        "kind": "supply",
        "classification": case.classification,
        "urgency": "normal",
        "segment": account.customer.segment,
        "area": accounts.queries.area_of(account.premises.territory),
        "channel": "",
        "hall": case.hall_id,
        "owner": None,
        "account": account.number,
    }
