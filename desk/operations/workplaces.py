"""The look over the workplace before the first call of a day (DSK-01)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import business_date
from accounts.models import Staff

from ..models import WorkplaceCheck
from ..workplace import ITEMS


class RemarkMissing(Exception):
    """What is not in order is said, or nobody can mend it."""

    def __init__(self) -> None:
        super().__init__(_("Say what is wrong with it."))


@transaction.atomic
def check_workplace(*, staff: Staff, in_order: Collection[str], remark: str, at: datetime) -> WorkplaceCheck:
    """Keep what is in order at this agent's place today; looked over again, the later look holds. Raises RemarkMissing.

    What is not in order keeps nobody from answering: a caller may smell gas.
    """
    missing = [item for item in ITEMS if item not in in_order]
    if missing and not remark.strip():
        raise RemarkMissing
    row, _is_new = WorkplaceCheck.objects.update_or_create(
        staff=staff, day=business_date(at), defaults={"at": at, "missing": missing, "remark": remark.strip()[:200]}
    )
    return row
