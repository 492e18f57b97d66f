"""Keep a file that came with a case: looked at before it is taken, under a name that says nothing, for those who may see the case."""

import hashlib
import secrets
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile, File
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
    """Keep a file with a case. What it is, its bytes say, not its name. Raises NotTaken, Forbidden, NotYourCase."""
    permissions.check_may_contact(by, case, at=at)
    content = _checked(case, file)
    kind = file_types.type_of(content[: file_types.HEAD])
    if not kind:
        raise NotTaken(_("This file cannot be taken. Send a PDF, or a picture as JPEG, PNG, WebP or HEIC."))
    staff = queries.staff_behind(by)
    row = Attachment.objects.create(
        case=case,
        token=secrets.token_hex(16),
        name=file_types.safe_name(file.name or "", kind),
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        is_from_customer=staff is None,
        by=by.actor_label,
        at=at,
    )
    # Last, so that what fails before leaves no file; a file whose row is not committed is a name that nobody knows.
    row.file = default_storage.save(f"cases/{row.token[:2]}/{row.token}", ContentFile(content))
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


def _checked(case: Case, file: "File[bytes]") -> bytes:
    if case.attachments.count() >= MOST:
        raise NotTaken(_("There are as many files with this request as it can hold."))
    content: bytes = file.read(settings.ATTACHMENT_MAX_BYTES + 1)
    if len(content) > settings.ATTACHMENT_MAX_BYTES:
        limit = settings.ATTACHMENT_MAX_BYTES // 1_000_000
        raise NotTaken(_("This file is larger than %(limit)s MB. Send a smaller one.") % {"limit": limit})
    if not content:
        raise NotTaken(_("This file is empty."))
    return content
