"""Take promises and calendars from their files, and public holidays from the library: as often as one likes.

Only what the files say differently from the last time becomes a new version, in force at once. Where staff have written a
newer version of their own, a changed row becomes a draft beside it: the file proposes, staff decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.actors import System

from .. import book_files
from ..book_files import CalendarRow, PromiseRow
from ..models import CalendarVersion, Promise, PromiseVersion
from .book import check_content
from .editions import turn_page

LOADER = System("book")
#: First versions hold from here on: history that is loaded or replayed is older than the book.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Loaded:
    """How many versions were written: in force at once, and as drafts because staff have written newer ones."""

    versions: int
    drafts: int
    calendars: int


@transaction.atomic
def load_book(*, at: datetime) -> Loaded:
    """Bring calendars and promises up to their files. Raises BadBook, BadPromise; then nothing was written."""
    calendars = _load_calendars(book_files.calendars(settings.PROMISES, settings.TIME_ZONE), at)
    known = {promise.pk: promise for promise in Promise.objects.all()}
    changed = [row for row in book_files.promises(settings.PROMISES) if row.key not in known or known[row.key].loaded != row.digest]
    drafts = [_load_promise(row, at) for row in changed]
    if changed or calendars:
        turn_page()
    return Loaded(versions=drafts.count(False), drafts=drafts.count(True), calendars=calendars)


def _load_promise(row: PromiseRow, at: datetime) -> bool:
    """Whether it had to become a draft."""
    promise, _created = Promise.objects.update_or_create(pk=row.key, defaults={**row.promise, "loaded": row.digest})
    newest = promise.versions.order_by("-number").first()
    version = PromiseVersion(promise=promise, number=newest.number + 1 if newest else 1, **_columns(row.version))
    version.written_by, version.written_at = LOADER.actor_label, at
    is_draft = newest is not None and newest.written_by != LOADER.actor_label
    if not is_draft:
        version.effective_from = at if newest else BEGINNING
    check_content(version)
    version.save(force_insert=True)
    return is_draft


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    cut_off = fields["cut_off"]
    return {**fields, "cut_off": time.fromisoformat(cut_off) if cut_off else None}


def _load_calendars(rows: list[CalendarRow], at: datetime) -> int:
    """How many were written. A calendar that staff have taken over is left as they wrote it."""
    newest: dict[str, CalendarVersion] = {}
    for version in CalendarVersion.objects.order_by("number"):
        newest[version.key] = version
    written = [_next(row, newest.get(row.key), at) for row in rows]
    return len(CalendarVersion.objects.bulk_create([one for one in written if one is not None]))


def _next(row: CalendarRow, last: CalendarVersion | None, at: datetime) -> CalendarVersion | None:
    if last is not None and (last.written_by != LOADER.actor_label or _says(last) == row.fields):
        return None
    return CalendarVersion(
        key=row.key,
        number=last.number + 1 if last else 1,
        effective_from=at if last else BEGINNING,
        written_by=LOADER.actor_label,
        written_at=at,
        **row.fields,
    )


def _says(version: CalendarVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in ("titles", "zone", "is_always", "weekly", "country")}
