"""What a kiosk is worth to a customer now, by what it last said of itself; and who looks after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.clock import in_business_time

from ..models import DeviceKey, Kiosk, KioskCash

State, Part = Kiosk.State, Kiosk.Part


class KioskNotFound(Exception):
    """No machine has this code."""


@dataclass(frozen=True, kw_only=True)
class FleetLine:
    """One machine as its keepers see it: ``state`` as of now, what is wrong with it, and the cash that should be in it."""

    kiosk: Kiosk
    state: str
    troubles: Sequence[str]
    cash: int
    keys: int


def state_of(kiosk: Kiosk, *, at: datetime) -> Kiosk.State:
    """What customers are told. Of one that has gone silent only that: what it said before may be true no more."""
    if kiosk.state == State.RETIRED:
        return State.RETIRED
    if kiosk.heard_at is None or kiosk.heard_at <= silent_before(at):
        return State.SILENT
    if kiosk.reader in {Part.BROKEN, Part.NONE} or kiosk.door == Part.OPEN:
        return State.OUT
    return State.LIMITED if limits_of(kiosk) else State.WORKING


def limits_of(kiosk: Kiosk) -> list[str]:
    """What it cannot do though it works: ``paper`` (print), ``cash`` (take money)."""
    takes_cash = kiosk.sells and kiosk.cash_ceiling is not None
    limits = (("paper", kiosk.paper in {Part.EMPTY, Part.BROKEN}), ("cash", takes_cash and not cash_room(kiosk)))
    return [name for name, is_so in limits if is_so]


def troubles_of(kiosk: Kiosk) -> list[str]:
    """The parts that want somebody's hand, the ones that stop it first: ``reader``, ``door``, ``paper``, ``cash_box``."""
    fine = {"reader": {Part.GOOD}, "door": {Part.GOOD, Part.NONE}, "paper": {Part.GOOD}, "cash_box": {Part.GOOD, Part.NONE}}
    return [part for part, good in fine.items() if getattr(kiosk, part) not in good]


def silent_before(at: datetime) -> datetime:
    """A machine last heard of before this moment has gone silent. Its patience is a machine's: in real minutes."""
    return at - in_business_time(timedelta(minutes=settings.KIOSK_SILENT_MINUTES))


def standing() -> QuerySet[Kiosk]:
    """All that have not been taken away, with their halls and the cash that should be in them."""
    box = KioskCash.objects.filter(kiosk=OuterRef("pk"), emptied_at=None).values("expected")[:1]
    rows = Kiosk.objects.exclude(state=State.RETIRED).annotate(in_box=Coalesce(Subquery(box), 0, output_field=BigIntegerField()))
    return rows.select_related("hall", "territory").order_by("code")


def find_kiosk(code: str) -> Kiosk:
    """By its code, those taken away included. Raises KioskNotFound."""
    kiosk = Kiosk.objects.select_related("hall", "territory").filter(code=code).first()
    if kiosk is None:
        raise KioskNotFound(code)
    return kiosk


def fleet(at: datetime) -> list[FleetLine]:
    """Every machine that stands somewhere: those that need somebody first."""
    lines = [_line(kiosk, at) for kiosk in standing().prefetch_related("keys")]
    order = {State.OUT: 0, State.SILENT: 1, State.LIMITED: 2, State.WORKING: 3}
    return sorted(lines, key=lambda line: (order[Kiosk.State(line.state)], line.kiosk.code))


def live_keys(kiosk: Kiosk, at: datetime) -> list[DeviceKey]:
    """The keys that its machine may sign with now, the newest first."""
    return _live(kiosk.keys.all(), at)


def gateway_keys(at: datetime) -> list[DeviceKey]:
    """Those of the gateway of the connected meters."""
    return _live(DeviceKey.objects.filter(kind=DeviceKey.Kind.METERS), at)


def _live(keys: QuerySet[DeviceKey], at: datetime) -> list[DeviceKey]:
    living = keys.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)
    return list(living.order_by("-made_at", "-pk"))


def cash_box_of(kiosk: Kiosk) -> KioskCash | None:
    """The box that is filling now; None where no cash has come in since the last emptying."""
    return KioskCash.objects.filter(kiosk=kiosk, emptied_at=None).first()


def cash_room(kiosk: Kiosk) -> int:
    """How much more cash it may take, in minor units; 0 where it takes none."""
    if not kiosk.sells or kiosk.cash_ceiling is None or kiosk.cash_box in {Part.FULL, Part.BROKEN, Part.NONE}:
        return 0
    return max(0, kiosk.cash_ceiling - cash_inside(kiosk))


def cash_inside(kiosk: Kiosk) -> int:
    """What should be in it by our books; of those that ``standing`` gave without another look."""
    known = getattr(kiosk, "in_box", None)
    if known is not None:
        return int(known)
    box = cash_box_of(kiosk) if kiosk.pk else None
    return box.expected if box else 0


def _line(kiosk: Kiosk, at: datetime) -> FleetLine:
    live = [key for key in kiosk.keys.all() if key.revoked_at is None and (key.expires_at is None or key.expires_at > at)]
    return FleetLine(
        kiosk=kiosk,
        state=state_of(kiosk, at=at).value,
        troubles=troubles_of(kiosk),
        cash=cash_inside(kiosk),
        keys=len(live),
    )
