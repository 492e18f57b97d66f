"""Show whom to ring about a repair; that somebody looked is written down first."""

from datetime import datetime

from django.db import transaction

import accounts.operations
from accounts.models import User

from .. import permissions
from ..models import Repair
from .closing import check_rung_about


@transaction.atomic
def show_phones(*, repair: Repair, by: User, at: datetime) -> tuple[str, ...]:
    """Numbers in clear, for whoever must ring about a repair that is finished or disputed: the one that was left, then the customer's.

    Of a customer of ours the list of looks at personal data tells who looked. Raises NotMended, Forbidden.
    """
    permissions.check_may_order(by, at=at)
    case = repair.case
    check_rung_about(repair)
    left = (case.contact_phone,) if case.contact_phone else ()
    known = accounts.operations.reveal(customer=case.account.customer, by=by, at=at).phones if case.account else ()
    return tuple(dict.fromkeys((*left, *known)))
