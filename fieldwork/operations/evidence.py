"""Keep what a crew brings from a door: where it stood, what the detector showed, what it saw and wrote down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Staff
from casework.operations import Step, record

from .. import distances
from ..distances import Point
from ..models import DevicePhoto, Evidence, Visit


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What goes with a step. Degrees, metres, ppm; ``photos`` are the keys under which the device sends its pictures."""

    latitude: float | None = None
    longitude: float | None = None
    accuracy: int | None = None
    gas_ppm: int | None = None
    note: str = ""
    photos: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Findings()


@transaction.atomic
def keep_evidence(
    *, visit: Visit, step: str, found: Findings, by: Staff, at: datetime, happened_at: datetime | None = None
) -> list[Evidence]:
    """Evidence of one step: a row for each picture, one without any; each is an event. Whose visit it is by now does not matter."""
    moment = happened_at or at
    each = _apart(found)
    rows = [_row(visit, one, step=step, happened_at=moment, received_at=at, by=by.user.actor_label) for one in each]
    for row in rows:
        row.save(force_insert=True)
    told = {} if moment == at else {"happened_at": moment.isoformat()}
    steps = [Step("visit.evidence", {"visit": visit.pk, "evidence": row.pk, "of": step, **told}) for row in rows]
    record(timeline_id=visit.timeline_id, steps=steps, by=by.user, at=at, known=visit._state.fields_cache.get("timeline"))
    for row, one in zip(rows, each, strict=True):
        for key in one.photos:
            _await_photo(row, key, by, at)
    return rows


def join(photo: DevicePhoto) -> None:
    """Put a picture beside what it proves, once both are there; in the caller's transaction."""
    if photo.attachment is None or photo.evidence is None or photo.evidence.photo_id is not None:
        return
    photo.evidence.photo = photo.attachment
    photo.evidence.save(update_fields=["photo"])


def _apart(found: Findings) -> Sequence[Findings]:
    """The first picture goes with everything else; the others have a row each."""
    keys = tuple(dict.fromkeys(found.photos))
    return [replace(found, photos=keys[:1]), *(Findings(photos=(key,)) for key in keys[1:])]


def _row(visit: Visit, found: Findings, **known: Any) -> Evidence:
    return Evidence(
        visit=visit,
        latitude=found.latitude,
        longitude=found.longitude,
        accuracy=found.accuracy,
        metres_away=_metres_away(visit, found),
        gas_ppm=found.gas_ppm,
        note=found.note.strip()[:500],
        **known,
    )


def _metres_away(visit: Visit, found: Findings) -> int | None:
    if visit.latitude is None or visit.longitude is None or found.latitude is None or found.longitude is None:
        return None
    return distances.metres(Point(visit.latitude, visit.longitude), Point(found.latitude, found.longitude))


def _await_photo(row: Evidence, key: str, by: Staff, at: datetime) -> None:
    photo, is_new = DevicePhoto.objects.get_or_create(staff=by, key=key, defaults={"visit": row.visit, "evidence": row, "at": at})
    if is_new:
        return
    photo = DevicePhoto.objects.select_for_update(no_key=True, of=("self",)).select_related("attachment").get(pk=photo.pk)
    if photo.evidence_id is None and photo.visit_id == row.visit_id:
        photo.evidence = row
        photo.save(update_fields=["evidence"])
        join(photo)
