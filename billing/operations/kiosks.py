"""Kiosks: enrolled, changed, heard of, taken away; and their state kept at once, for customers rely on it (promise T04)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor, System
from accounts.models import Hall, Territory
from accounts.signing import signed
from casework.operations import Step, open_timeline, record

from .. import permissions
from ..models import Kiosk
from ..queries import kiosks as queries
from ..refusals import Refused

_WATCH = System("kiosks")


class CodeTaken(Refused):
    code = "code_taken"

    def __init__(self) -> None:
        super().__init__(_("Another kiosk has this code."))


class CodeStays(Refused):
    """Who wrote a card is known by the code: with another one a machine could not say any more how its writes ended."""

    code = "code_stays"

    def __init__(self) -> None:
        super().__init__(_("The code of a kiosk stays. Take this one off the list and put up another."))


class KioskRetired(Refused):
    """Whatever was taken away stays away: put up again it is a new one."""

    code = "kiosk_retired"

    def __init__(self) -> None:
        super().__init__(_("This kiosk has been taken away."))


class StillHoldsCash(Refused):
    code = "still_holds_cash"

    def __init__(self) -> None:
        super().__init__(_("There is still cash in this kiosk. Empty it first."))


class KioskPlan(TypedDict):
    """What a kiosk is: its code, where it stands and who looks after it. ``cash_ceiling`` (minor units): None takes no cash."""

    code: str
    name: str
    address: str
    hall: Hall
    territory: Territory
    latitude: float | None
    longitude: float | None
    hours: str
    sells: bool
    cash_ceiling: int | None


@dataclass(frozen=True, kw_only=True)
class Health:
    """What a machine says of itself (values of Kiosk.Part), and by how much its clock is ahead of ours."""

    paper: str
    reader: str
    cash_box: str
    door: str
    software: str = ""
    skew_ms: int = 0


@transaction.atomic
def enrol_kiosk(*, by: Actor, at: datetime, **plan: Unpack[KioskPlan]) -> Kiosk:
    """A new machine, silent until its first heartbeat. It needs a key (``device_keys.make_key``). Raises CodeTaken, Forbidden."""
    permissions.check_may_manage_devices(by, at=at)
    steps = [Step("kiosk.enrolled", {"kiosk": plan["code"].strip().upper()})]
    kiosk = Kiosk(since=at, timeline=open_timeline(kind="kiosk", steps=steps, by=by, at=at))
    _write(kiosk, plan, by, at)
    return kiosk


@transaction.atomic
def change_kiosk(*, kiosk: Kiosk, by: Actor, at: datetime, **plan: Unpack[KioskPlan]) -> Kiosk:
    """Another place, hall or ceiling. Raises CodeStays, KioskRetired, Forbidden."""
    permissions.check_may_manage_devices(by, at=at)
    row = standing_kiosk(kiosk)
    if plan["code"].strip().upper() != row.code:
        raise CodeStays
    _write(row, plan, by, at)
    record(timeline_id=row.timeline_id, steps=[Step("kiosk.changed", {"kiosk": row.code})], by=by, at=at)
    _keep_state(row, {}, by=by, at=at)
    return row


@transaction.atomic
def retire_kiosk(*, kiosk: Kiosk, by: Actor, at: datetime) -> None:
    """The machine is taken away, its keys with it. Raises StillHoldsCash, KioskRetired, Forbidden."""
    permissions.check_may_manage_devices(by, at=at)
    row = standing_kiosk(kiosk)
    box = queries.cash_box_of(row)
    if box is not None and box.expected:
        raise StillHoldsCash
    row.keys.filter(revoked_at=None).update(revoked_at=at)
    _move(row, Kiosk.State.RETIRED, {}, by=by, at=at)


@transaction.atomic
def note_heartbeat(*, kiosk: Kiosk, health: Health, by: Actor, at: datetime) -> Kiosk:
    """A machine has told how it is. Its state follows in the same transaction, and so does the published list. Raises KioskRetired."""
    row = standing_kiosk(kiosk)
    said = {**asdict(health), "heard_at": at}
    for name, value in said.items():
        setattr(row, name, value)
    _keep_state(row, said, by=by, at=at)
    return row


def watch_kiosks(*, at: datetime) -> int:
    """Notice which machines have gone silent; how many. Each is told of once, until it is heard of again."""
    missed = queries.standing().exclude(state=Kiosk.State.SILENT).filter(heard_at__lte=queries.silent_before(at))
    return sum(_notice_silence(key, at) for key in missed.values_list("pk", flat=True))


def standing_kiosk(kiosk: Kiosk) -> Kiosk:
    """The machine as it is now, locked until the transaction ends. Raises KioskRetired."""
    row = Kiosk.objects.select_for_update(no_key=True, of=("self",)).select_related("hall").get(pk=kiosk.pk)
    if row.state == Kiosk.State.RETIRED:
        raise KioskRetired
    return row


def follow_state(*, kiosk: Kiosk, by: Actor, at: datetime) -> None:
    """Cash came in or went out of a machine that the caller holds: what customers are told may be another thing now."""
    _keep_state(kiosk, {}, by=by, at=at)


@transaction.atomic
def _notice_silence(key: int, at: datetime) -> int:
    """Under its lock: a heartbeat may have come in the meantime."""
    row = Kiosk.objects.select_for_update(no_key=True).get(pk=key)
    before = row.state
    if before != Kiosk.State.RETIRED:
        _keep_state(row, {}, by=_WATCH, at=at)
    return int(row.state != before)


def _keep_state(row: Kiosk, said: dict[str, Any], *, by: Actor, at: datetime) -> None:
    state = queries.state_of(row, at=at)
    if state != row.state:
        _move(row, state, said, by=by, at=at)
    elif said:
        Kiosk.objects.filter(pk=row.pk).update(**said)


def _move(row: Kiosk, state: Kiosk.State, said: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """The list customers see is read from this very column: changed and published are one act."""
    facts = {"kiosk": row.code, "from": str(row.state), "to": state.value}
    row.state, row.since = state, at
    Kiosk.objects.filter(pk=row.pk).update(**said, state=state, since=at)
    steps = [Step("kiosk.status_changed", facts), Step("kiosk.list_published", {"kiosk": row.code})]
    record(timeline_id=row.timeline_id, steps=steps, by=by, at=at)


def _write(kiosk: Kiosk, plan: KioskPlan, by: Actor, at: datetime) -> None:
    texts = {name: plan[name].strip() for name in ("name", "address", "hours")}
    for name, value in {**plan, **texts, "code": plan["code"].strip().upper()}.items():
        setattr(kiosk, name, value)
    try:
        with transaction.atomic():
            signed(kiosk, by=by, at=at).save()
    except IntegrityError:
        raise CodeTaken from None
