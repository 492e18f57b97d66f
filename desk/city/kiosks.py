"""Where cards are written without a clerk in the demo: three machines, one of which takes cash; their keys are kept for the simulator."""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from accounts.models import Hall, Territory
from billing.models import Kiosk
from billing.operations.device_keys import make_key
from billing.operations.kiosks import enrol_kiosk

from .coordinates import town_at
from .places import NORTH, SOUTH
from .reference import CITY

#: Up since then, so that not everything in the city began today.
_PUT_UP = timedelta(days=120)
#: How far beside the middle of its town each stands, in degrees.
_BESIDE = 0.004


@dataclass(frozen=True)
class _Machine:
    """A kiosk: code, place, address (made up), hall and town; ``ceiling`` in fen where it takes cash."""

    code: str
    name: str
    address: str
    hall: str
    town: str
    hours: str = ""
    ceiling: int | None = None


_MACHINES = (
    _Machine("K01", "开元名都北区客户服务中心", "兰陵县卞庄街道开元名都北区（示例）", NORTH, "卞庄街道", ceiling=500_000),
    _Machine("K02", "苍山便民市场", "兰陵县苍山街道便民市场南门（示例）", NORTH, "苍山街道", hours="06:00–20:00"),
    _Machine("K03", "兰陵镇便民服务点", "兰陵县兰陵镇中心街（示例）", SOUTH, "兰陵镇"),
)


def put_up_kiosks(at: datetime) -> None:
    """The machines, silent until somebody plays them, and their keys in ``var/kiosks.json``."""
    halls = {hall.code: hall for hall in Hall.objects.all()}
    towns = {town.name: town for town in Territory.objects.filter(level=Territory.Level.TOWN)}
    keys = {}
    for place, machine in enumerate(_MACHINES, start=1):
        kiosk = _put_up(machine, halls[machine.hall], towns[machine.town], place, at - _PUT_UP)
        made = make_key(kiosk=kiosk, by=CITY, at=at)
        keys[machine.code] = [made.key.handle, made.secret]
    _keep(keys)


def _put_up(machine: _Machine, hall: Hall, town: Territory, place: int, at: datetime) -> Kiosk:
    latitude, longitude = town_at(machine.town)
    return enrol_kiosk(
        code=machine.code,
        name=machine.name,
        address=machine.address,
        hall=hall,
        territory=town,
        latitude=round(latitude + place * _BESIDE, 6),
        longitude=round(longitude - place * _BESIDE, 6),
        hours=machine.hours,
        sells=machine.ceiling is not None,
        cash_ceiling=machine.ceiling,
        by=CITY,
        at=at,
    )


def _keep(keys: dict[str, list[str]]) -> None:
    """Nobody but its owner may read the file, from its first byte on."""
    path = Path(settings.VAR) / "kiosks.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(keys, file, indent=1)
    fresh.replace(path)
