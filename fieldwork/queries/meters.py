"""The meter that a crew may be asked to read."""

from accounts.models import Meter

from ..models import Visit


def meter_to_read(visit: Visit) -> Meter | None:
    """The mechanical meter in use of the account that the visit is about; the others are not billed by their readings."""
    account = visit.case.account_id if visit.case is not None else None
    if account is None:
        return None
    return Meter.objects.filter(account=account, kind=Meter.Kind.MECHANICAL, removed_at__isnull=True).first()
