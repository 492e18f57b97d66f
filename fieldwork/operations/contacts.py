"""Show a crew whom to ring about a visit; that somebody looked is written down first."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

import accounts.operations
from accounts.models import User
from casework.operations import Step, record

from .. import permissions
from ..models import Visit


@dataclass(frozen=True)
class Shown:
    """Who expects the crew, and the numbers they can be reached at, as kept."""

    name: str
    phones: tuple[str, ...]


@transaction.atomic
def show_contact(*, visit: Visit, by: User, at: datetime) -> Shown:
    """Name and phones in clear, for the crew that has the visit: of the case, else of the account's customer.

    The timeline tells that somebody looked; where it is a customer of ours, the list of looks at personal data does too.
    Raises NotYourVisit, Forbidden.
    """
    permissions.check_may_visit(by, visit, at=at)
    record(timeline_id=visit.timeline_id, steps=[Step("visit.contact_shown", {"visit": visit.pk})], by=by, at=at)
    case = visit.case
    if case is None:
        return Shown("", ())
    name, phones = case.contact_name, [case.contact_phone] if case.contact_phone else []
    if case.account is not None:
        customer = case.account.customer
        phones += accounts.operations.reveal(customer=customer, by=by, at=at).phones
        name = name or customer.name
    return Shown(name, tuple(dict.fromkeys(phones)))
