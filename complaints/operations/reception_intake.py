"""What a letter and an application for a service have in common as they come in: whose case it is, in whose hands, known already?"""

from dataclasses import dataclass
from datetime import datetime

import accounts.queries
import casework.operations
import casework.queries
from accounts.actors import Actor, System
from accounts.models import Account, Territory, User
from accounts.roles import Role
from casework.models import Case, Origin
from casework.operations import Opening

from ..models import Appeal, ServiceApplication
from ..queries.reception_team import owner_for
from .reception_ways import Outside

#: Who puts what comes in into somebody's hands.
BY = System("complaints.reception")


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who writes, and how we answer. ``phone`` in E.164; ``asker`` is the cabinet user who finds it in the cabinet."""

    channel: str
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    account: Account | None = None
    asker: User | None = None
    origin: str = Origin.CUSTOMER
    outside: Outside | None = None


def opening_of(new: Sender, *, kind: str, matter: str, classification: str, territory: Territory | None, by: Actor) -> Opening:
    """The case of what came in: with the hall of whoever took it down, else the one that serves the place."""
    staff = casework.queries.staff_behind(by)
    served = accounts.queries.service_area_of(territory) if territory else None
    return Opening(
        kind=kind,
        matter=matter,
        subject="",
        channel=new.channel,
        origin=new.origin,
        classification=classification,
        account=new.account,
        contact_name=new.name,
        contact_phone=new.phone,
        language=new.language,
        asker=new.asker,
        hall=(staff and staff.hall) or (served and served.hall) or None,
        area=accounts.queries.area_of(territory) if territory else "",
    )


def known_outside[M: (Appeal, ServiceApplication)](model: type[M], outside: Outside | None) -> M | None:
    """What the number of another system has made already."""
    if outside is None:
        return None
    found = model._default_manager.select_related("case__timeline")
    return found.filter(outside_system=outside.system, outside_number=outside.number).first()


def put_into_hands(*, case: Case, role: Role, territory: Territory | None, at: datetime) -> None:
    """Give what nobody took down to somebody of the department that looks at it first; to nobody where nobody works as that."""
    owner = None if case.owner_id is not None else owner_for(role, territory, at=at)
    if owner is not None:
        casework.operations.assign(case=case, owner=owner, by=BY, at=at)
