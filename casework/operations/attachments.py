"""Keep a file that came with a case: looked at before it is taken, under a name that says nothing, for those who may see the case."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import file_types, kinds, permissions, queries
from ..models import Attachment, Case, Timeline
from .events import Step, record

#: Files of one case from its customer where nobody signed in; how many it holds at all, its kind says.
MOST_UNSIGNED = 10


class NotTaken(Exception):
    """The file is of no kind we take, empty, too large, or one too many."""


@transaction.atomic
def attach(*, case: Case, file: "File[bytes]", by: Actor, at: datetime) -> Attachment:
    """Keep a file with a case. What it is, its bytes say, not its name. Raises NotTaken, Forbidden, NotYourCase.

    It is read and stored a piece at a time: a large one is never in memory as a whole.
    """
    permissions.check_may_contact(by, case, at=at)
    return _kept(case, file, _looked_at(file), by, at)


@dataclass(frozen=True)
class Taken:
    """What became of files that came together: those that are kept, and why others are not -> their names."""

    kept: Sequence[Attachment]
    refused: Mapping[str, Sequence[str]]


def attach_each(*, case: Case, files: "Sequence[File[bytes]]", by: Actor, at: datetime) -> Taken:
    """Keep what can be kept of files that came together, from somebody who did not sign in; a bad one spoils no other.

    The same bytes are kept once, however often they are sent. Each file has a transaction of its own: whatever else happens with the
    case waits for one file at most. Raises Forbidden, NotYourCase.
    """
    permissions.check_may_contact(by, case, at=at)
    kept: list[Attachment] = []
    refused: dict[str, list[str]] = {}
    for file in files:
        try:
            kept.append(_attach_unsigned(case, file, by, at))
        except NotTaken as refusal:
            refused.setdefault(str(refusal), []).append(file_types.refused_name(file.name or ""))
    return Taken(kept, refused)


@transaction.atomic
def _attach_unsigned(case: Case, file: "File[bytes]", by: Actor, at: datetime) -> Attachment:
    seen = _looked_at(file)
    # One file of a case after the other, so that the count is exact and a form sent twice brings each once.
    Timeline.objects.select_for_update(no_key=True).get(pk=case.timeline_id)
    same = case.attachments.filter(sha256=seen.sha256, erased_at=None).first()
    if same is None and case.attachments.filter(is_from_customer=True).count() >= MOST_UNSIGNED:
        raise NotTaken(_("At most %(most)d files can be sent with one request.") % {"most": MOST_UNSIGNED})
    return same or _kept(case, file, seen, by, at)


def open_attachment(*, user: Any, token: str, at: datetime) -> tuple[Attachment, IO[bytes]]:
    """A file with its bytes, for who may see its case; what staff put there is for staff, as in the case's own list.

    Raises Attachment.DoesNotExist for others, and when it is erased.
    """
    found = Attachment.objects.filter(token=token, erased_at=None, case__in=permissions.visible_cases(user, at))
    shown = found if permissions.handles_cases(user, at) else found.filter(is_from_customer=True)
    row = shown.select_related("case").get()
    return row, default_storage.open(row.file)


@dataclass(frozen=True)
class _Seen:
    """What a file is, found out by reading it once."""

    content_type: str
    size: int
    sha256: str


def _looked_at(file: "File[bytes]") -> _Seen:
    _check_size(file.size)
    head, size, digest = b"", 0, hashlib.sha256()
    for piece in file.chunks():
        head, size = head or piece[: file_types.HEAD], size + len(piece)
        _check_size(size)
        digest.update(piece)
    if file.size > size:
        raise NotTaken(_("Too much was sent at once. Send fewer files at a time."))
    if not size:
        raise NotTaken(_("This file is empty."))
    kind = file_types.type_of(head)
    if not kind:
        raise NotTaken(_("This file cannot be taken. Send a PDF, or a picture as JPEG, PNG, WebP or HEIC."))
    return _Seen(kind, size, digest.hexdigest())


def _check_size(size: int) -> None:
    if size > settings.ATTACHMENT_MAX_BYTES:
        limit = settings.ATTACHMENT_MAX_BYTES // 1_000_000
        raise NotTaken(_("This file is larger than %(limit)s MB. Send a smaller one.") % {"limit": limit})


def _kept(case: Case, file: "File[bytes]", seen: _Seen, by: Actor, at: datetime) -> Attachment:
    if case.attachments.count() >= kinds.kind(case.kind).most_files:
        raise NotTaken(_("There are as many files with this request as it can hold."))
    row = Attachment.objects.create(
        case=case,
        token=secrets.token_hex(16),
        name=file_types.safe_name(file.name or "", seen.content_type),
        content_type=seen.content_type,
        size=seen.size,
        sha256=seen.sha256,
        is_from_customer=queries.staff_behind(by) is None,
        by=by.actor_label,
        at=at,
    )
    # Last, so that what fails before leaves no file; a file whose row is not committed is a name that nobody knows.
    row.file = default_storage.save(f"cases/{row.token[:2]}/{row.token}", file)
    row.save(update_fields=["file"])
    record(timeline_id=case.timeline_id, steps=[Step("case.attached", {"attachment": row.pk})], by=by, at=at)
    return row
