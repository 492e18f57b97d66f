"""Let somebody work as something for a period, and take it back."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor

from .. import models
from ..roles import Role
from ..signing import signed
from .periods import Period, check_order


@transaction.atomic
def grant_role(
    *, staff: models.Staff, role: Role, period: Period, by: Actor, at: datetime, territory: models.Territory | None = None
) -> models.RoleGrant:
    """Let somebody work as something for a period; the territory says whose work is routed to them. Raises BadPeriod."""
    check_order(period.since, period.until)
    grant = models.RoleGrant(staff=staff, role=role, territory=territory, since=period.since, until=period.until)
    signed(grant, by=by, at=at).save()
    return grant


@transaction.atomic
def end_grant(*, grant: models.RoleGrant, by: Actor, at: datetime) -> None:
    """Take a role back from this moment on; one that had not begun yet is withdrawn altogether."""
    if grant.until is not None and grant.until <= at:
        return
    if grant.since >= at:
        signed(grant, by=by, at=at).delete()
        return
    grant.until = at
    signed(grant, by=by, at=at).save(update_fields=["until"])
