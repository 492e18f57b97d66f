"""Rules by which appeals and applications go to whom, as an administrator or a router keeps them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Staff, Territory

from .. import reception_permissions
from ..models import ReceptionRoute


class NoTarget(Exception):
    """A rule leads to a person or to a department, and not to both."""

    def __init__(self) -> None:
        super().__init__(_("Choose either a colleague or a department."))


@transaction.atomic
def keep_route(*, topic: str, territory: Territory | None, to: Staff | str, by: Actor, at: datetime) -> ReceptionRoute:
    """Say who answers for a topic in a territory (empty and None: every topic, everywhere): a person, or a role.

    A rule for the same topic and territory is replaced. What was forwarded before stays where it is. Raises NoTarget, Forbidden.
    """
    reception_permissions.check_may_route(by, at=at)
    if not to:
        raise NoTarget
    staff, role = (to, "") if isinstance(to, Staff) else (None, to)
    fields = {"staff": staff, "role": role, "changed_at": at, "by": by.actor_label}
    row, _made = ReceptionRoute.objects.update_or_create(topic=topic, territory=territory, defaults=fields)
    return row


@transaction.atomic
def drop_route(*, route: ReceptionRoute, by: Actor, at: datetime) -> None:
    """Hold a rule no longer: the next wider one does. Raises Forbidden."""
    reception_permissions.check_may_route(by, at=at)
    route.delete()
