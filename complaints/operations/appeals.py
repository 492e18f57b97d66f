"""Take an appeal, a question or a review: numbered, and in the hands of a reception specialist before this returns.

Note [A number of a portal comes once]. A portal of the city sends again when it did not hear our answer. Its number finds the appeal
that it made; what else is sent with it changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import accounts.queries
import casework.operations
import casework.queries
from accounts.actors import Actor, System
from accounts.models import Account, Territory, User
from accounts.queries.named_places import named_in
from accounts.roles import Role
from casework.models import Case, Origin
from casework.operations import NothingSaid, Opening, attach, open_case

from .. import matters, reception_permissions
from ..models import Appeal, AppealForm
from ..models.appeal import LONGEST
from ..queries.reception_team import owner_for
from ..states import APPEAL
from .reception_ways import NobodyToAnswer, Outside

#: Who puts what comes in into somebody's hands.
BY = System("complaints.reception")


class TooLong(Exception):
    """Longer things come as a file."""

    def __init__(self) -> None:
        said = _("That is longer than %(most)s characters. Say it shorter, or send it as a file.")
        super().__init__(said % {"most": LONGEST})


@dataclass(frozen=True, kw_only=True)
class NewAppeal:
    """What somebody writes, and how we answer. ``phone`` in E.164; ``asker`` is the cabinet user who finds it in the cabinet."""

    form: str
    topic: str
    text: str
    channel: str
    name: str = ""
    phone: str = ""
    email: str = ""
    place: str = ""
    language: str = ""
    is_publishable: bool = False
    account: Account | None = None
    asker: User | None = None
    origin: str = Origin.CUSTOMER
    outside: Outside | None = None


def send_appeal(*, new: NewAppeal, file: "File[bytes] | None" = None, by: Actor, at: datetime) -> Appeal:
    """Take it, with a file that came along; see Note [A number of a portal comes once].

    A review needs no answer, everything else somebody to answer. Raises NothingSaid, TooLong, NobodyToAnswer, NotTaken, Forbidden.
    """
    reception_permissions.check_may_write(by, at=at)
    _check(new)
    if known := _known_outside(new.outside):
        return known
    try:
        return _take(new, file, by, at)
    except IntegrityError:
        # The portal asked twice at once, and the other asking was first.
        if known := _known_outside(new.outside):
            return known
        raise


def put_into_hands(*, case: Case, role: Role, territory: Territory | None, at: datetime) -> None:
    """Give what nobody took down to somebody of the department that looks at it first; to nobody where nobody works as that."""
    owner = None if case.owner_id is not None else owner_for(role, territory, at=at)
    if owner is not None:
        casework.operations.assign(case=case, owner=owner, by=BY, at=at)


@transaction.atomic
def _take(new: NewAppeal, file: "File[bytes] | None", by: Actor, at: datetime) -> Appeal:
    territory = named_in(new.place) or (new.account.premises.territory if new.account else None)
    case = open_case(opening=_opening(new, territory, by), by=by, at=at)
    appeal = Appeal.objects.create(
        case=case,
        form=new.form,
        topic=new.topic,
        text=new.text.strip(),
        place=new.place.strip()[:240],
        territory=territory,
        email=new.email.strip(),
        is_publishable=new.is_publishable,
        outside_system=new.outside.system if new.outside else "",
        outside_number=new.outside.number if new.outside else "",
    )
    if file is not None:
        attach(case=case, file=file, by=by, at=at)
    put_into_hands(case=case, role=Role.RECEPTION_SPECIALIST, territory=territory, at=at)
    return appeal


def _check(new: NewAppeal) -> None:
    if not new.text.strip():
        raise NothingSaid
    if len(new.text) > LONGEST:
        raise TooLong
    if new.form != AppealForm.REVIEW and not (new.phone or new.email or new.account or new.asker or new.outside):
        raise NobodyToAnswer


def _opening(new: NewAppeal, territory: Territory | None, by: Actor) -> Opening:
    staff = casework.queries.staff_behind(by)
    served = accounts.queries.service_area_of(territory) if territory else None
    return Opening(
        kind=APPEAL.kind,
        matter=matters.of_appeal(new.form, new.topic),
        subject="",
        channel=new.channel,
        origin=new.origin,
        classification=new.form,
        account=new.account,
        contact_name=new.name,
        contact_phone=new.phone,
        language=new.language,
        asker=new.asker,
        hall=(staff and staff.hall) or (served and served.hall) or None,
        area=accounts.queries.area_of(territory) if territory else "",
    )


def _known_outside(outside: Outside | None) -> Appeal | None:
    if outside is None:
        return None
    found = Appeal.objects.select_related("case__timeline")
    return found.filter(outside_system=outside.system, outside_number=outside.number).first()
