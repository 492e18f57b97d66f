"""Take an application for gas: numbered, accepted, with its stages, its papers and its steward before this returns (T17).

Note [Accepted at once]. Whatever papers are missing, the application is accepted in the transaction that opens it (CON-04, CON-09,
conflict C15): a promise of "on the spot" that waited for a person would be broken every night. What is missing runs on the applicant's
clock from then on (papers.py), what we do about it on ours (stages.py).

Note [A number of another system comes once]. The city's platform sends again when it did not hear our answer. Its number finds the
application that it made; what else is sent with it changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import accounts.queries
import casework.queries
from accounts.actors import Actor, System
from accounts.models import Area, Hall, Premises, Segment, Territory, User
from accounts.queries.named_places import named_in
from casework.models import Case
from casework.operations import Opening, move_case, open_case, split

from .. import appliances, matters, permissions, ways_in
from ..models import CLASSIFICATIONS, Application, ConnectionKind, PolicyVersion
from ..states import CONNECTION
from . import papers, stages, stewards

#: Who accepts, by the rule of Note [Accepted at once].
BY = System("connections.applying")
#: Where nobody knows better, the area with the shortest times.
_STRICTEST = Area.URBAN


class UnknownConnection(Exception):
    """What is to be connected is one of the things we connect."""

    def __init__(self) -> None:
        super().__init__(_("Choose what is to be connected."))


class NowhereToConnect(Exception):
    """A pipe ends somewhere."""

    def __init__(self) -> None:
        super().__init__(_("Say where gas is wanted: town, compound or street, building, door."))


class NobodyToReach(Exception):
    """The steward rings."""

    def __init__(self) -> None:
        super().__init__(_("Give a name and a phone number, so that the steward can ring."))


class NoPlan(Exception):
    """An administrator has not published how such an application goes."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has laid down yet how this kind of connection goes. Please ring us."))


@dataclass(frozen=True)
class Outside:
    """Under what number, and until when, another system keeps the same application."""

    system: str
    number: str
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants, where, and whom the steward rings. ``channel`` is one of ways_in.WAYS_IN.

    ``place`` says where in words, unless the ``premises`` are known. ``phone`` in E.164. ``appliances`` are codes (Appliance) with
    numbers, ``flow`` litres an hour. ``asker`` is the cabinet user who finds it in the cabinet.
    """

    kind: str
    channel: str
    name: str
    phone: str
    place: str = ""
    premises: Premises | None = None
    is_new_build: bool = False
    organisation: str = ""
    appliances: Mapping[str, int] = field(default_factory=dict)
    flow: int | None = None
    wishes: str = ""
    is_one_stop: bool = False
    language: str = ""
    asker: User | None = None
    outside: Outside | None = None


def apply(*, wish: Wish, call: Case | None = None, by: Actor, at: datetime) -> Application:
    """Take an application; see Note [Accepted at once] and Note [A number of another system comes once].

    ``call`` is the case of the call it comes out of, which stays a case of its own. Raises UnknownConnection, NowhereToConnect,
    NobodyToReach, NoPlan, Forbidden, and Ended for a call that is over.
    """
    permissions.check_may_apply(by, at=at)
    _check(wish)
    if known := _known_outside(wish.outside):
        return known
    try:
        return _apply(wish, call, by, at)
    except IntegrityError:
        # The other system asked twice at once, and the other asking was first.
        if known := _known_outside(wish.outside):
            return known
        raise


@transaction.atomic
def _apply(wish: Wish, call: Case | None, by: Actor, at: datetime) -> Application:
    policy = PolicyVersion.objects.in_force(wish.kind, at).first()
    if policy is None:
        raise NoPlan
    territory = wish.premises.territory if wish.premises else named_in(wish.place)
    case = _open(_opening(wish, territory, by), call, by, at)
    application = Application.objects.create(case=case, policy=policy, territory=territory, accepted_at=at, **_as_wished(wish))
    move_case(case=case, verb="accept", by=BY, at=at)
    # The steward first: the papers are theirs to see to. The papers last: where none is missing, the stages begin at once.
    stewards.assign(application=application, by=by, at=at)
    stages.lay_out(application=application, by=BY, at=at)
    papers.lay_out(application=application, by=BY, at=at)
    return application


def _open(opening: Opening, call: Case | None, by: Actor, at: datetime) -> Case:
    return split(case=call, opening=replace(opening, split_from=call), by=by, at=at) if call else open_case(opening=opening, by=by, at=at)


def _known_outside(outside: Outside | None) -> Application | None:
    if outside is None:
        return None
    found = Application.objects.select_related("case__timeline", "policy", "territory")
    return found.filter(outside_system=outside.system, outside_number=outside.number).first()


def _check(wish: Wish) -> None:
    if wish.kind not in ConnectionKind.values:
        raise UnknownConnection
    if wish.premises is None and not wish.place.strip():
        raise NowhereToConnect
    if not wish.name.strip() or not wish.phone.strip():
        raise NobodyToReach


def _opening(wish: Wish, territory: Territory | None, by: Actor) -> Opening:
    staff = casework.queries.staff_behind(by)
    return Opening(
        kind=CONNECTION.kind,
        matter=matters.of_kind(wish.kind),
        subject=wish.organisation.strip() or wish.place.strip(),
        channel=ways_in.channel_of(wish.channel),
        classification=CLASSIFICATIONS[ConnectionKind(wish.kind)],
        premises=wish.premises,
        contact_name=wish.name,
        contact_phone=wish.phone,
        language=wish.language,
        asker=wish.asker,
        hall=(staff and staff.hall) or _hall_of(territory),
        area=(accounts.queries.area_of(territory) if territory else "") or _STRICTEST,
        segment=Segment.PRIVATE_NETWORK if wish.kind == ConnectionKind.PRIVATE_NETWORK else Segment.ORDINARY,
    )


def _hall_of(territory: Territory | None) -> Hall | None:
    served = accounts.queries.service_area_of(territory) if territory else None
    return served.hall if served else None


def _as_wished(wish: Wish) -> dict[str, object]:
    names = ("kind", "is_new_build", "flow", "is_one_stop")
    return {
        **{name: getattr(wish, name) for name in names},
        "place": "" if wish.premises else wish.place.strip()[:240],
        "is_at_government_hall": wish.channel == ways_in.GOVERNMENT,
        "organisation": wish.organisation.strip()[:120],
        "wishes": wish.wishes.strip(),
        "appliances": {code: count for code, count in wish.appliances.items() if code in appliances.Appliance.values and count},
        **({"outside_system": wish.outside.system, "outside_number": wish.outside.number} if wish.outside else {}),
        "outside_due": wish.outside.due if wish.outside else None,
    }
