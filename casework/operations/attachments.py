"""Keep a file that came with a case: looked at before it is taken, under a name that says nothing, for those who may see the case."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import file_types, permissions, queries
from ..models import Attachment, Case
from .events import Step, record

#: Files with one case; more is a mistake or an attack.
MOST = 30


class NotTaken(Exception):
    """The file is of no kind we take, empty, too large, or one too many."""


@transaction.atomic
def attach(*, case: Case, file: "File[bytes]", by: Actor, at: datetime) -> Attachment:
    """Keep a file with a case. What it is, its bytes say, not its name. Raises NotTaken, Forbidden, NotYourCase.

    It is read and stored a piece at a time: a large one is never in memory as a whole.
    """
    permissions.check_may_contact(by, case, at=at)
    if case.attachments.count() >= MOST:
        raise NotTaken(_("There are as many files with this request as it can hold."))
    seen = _looked_at(file)
    staff = queries.staff_behind(by)
    row = Attachment.objects.create(
        case=case,
        token=secrets.token_hex(16),
        name=file_types.safe_name(file.name or "", seen.content_type),
        content_type=seen.content_type,
        size=seen.size,
        sha256=seen.sha256,
        is_from_customer=staff is None,
        by=by.actor_label,
        at=at,
    )
    # Last, so that what fails before leaves no file; a file whose row is not committed is a name that nobody knows.
    row.file = default_storage.save(f"cases/{row.token[:2]}/{row.token}", file)
    row.save(update_fields=["file"])
    record(timeline_id=case.timeline_id, steps=[Step("case.attached", {"attachment": row.pk})], by=by, at=at)
    return row


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
    head, size, digest = b"", 0, hashlib.sha256()
    for piece in file.chunks():
        head, size = head or piece[: file_types.HEAD], size + len(piece)
        if size > settings.ATTACHMENT_MAX_BYTES:
            limit = settings.ATTACHMENT_MAX_BYTES // 1_000_000
            raise NotTaken(_("This file is larger than %(limit)s MB. Send a smaller one.") % {"limit": limit})
        digest.update(piece)
    if not size:
        raise NotTaken(_("This file is empty."))
    kind = file_types.type_of(head)
    if not kind:
        raise NotTaken(_("This file cannot be taken. Send a PDF, or a picture as JPEG, PNG, WebP or HEIC."))
    return _Seen(kind, size, digest.hexdigest())
