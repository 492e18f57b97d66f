"""Put a file beside an answer for everybody: read by the detector, kept under a name of ours, a picture without what its camera wrote."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from casework import file_types
from casework.operations import NotTaken, Step, amend
from notices import file_texts

from .. import publication_marks, publication_permissions
from ..models import Publication, PublicationFile
from .publications import Unchangeable

MOST = 5
_OFFICE = {
    b"word/document.xml": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    b"xl/workbook.xml": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    b"mimetypeapplication/vnd.oasis.opendocument.text": ("odt", "application/vnd.oasis.opendocument.text"),
}


@transaction.atomic
def add_file(*, publication: Publication, file: "File[bytes]", by: Actor, at: datetime) -> PublicationFile:
    """Keep a file beside a draft, with what was found in its text, metadata and name.

    Raises NotTaken, Unchangeable, StaleRow, Forbidden.
    """
    staff = publication_permissions.writer(by, publication, at=at)
    if not publication.is_draft:
        raise Unchangeable
    content, ending, kind = _taken(publication, file)
    read = file_texts.read(content)
    places = {**{place: words for place, words in read.texts.items() if place != "author"}, "name": (file.name or "").rsplit(".", 1)[0]}
    marks = {place: found for place, words in places.items() if (found := publication_marks.counted(words))}
    if kind.startswith("image/"):
        content, ending, kind = _points_only(content)
        marks.pop("metadata", None)
    number = max([0, *publication.files.values_list("number", flat=True)]) + 1
    amend(publication, fields={}, steps=[Step("publication.file_added", {"number": publication.number, "file": number})], by=by, at=at)
    row = PublicationFile(publication=publication, number=number, token=secrets.token_hex(16), ending=ending, content_type=kind)
    row.size, row.sha256 = len(content), hashlib.sha256(content).hexdigest()
    row.marks, row.needs_person, row.added_by, row.added_at = marks, read.why or ("author" if "author" in read.texts else ""), staff, at
    # Last, so that what fails before leaves no file.
    row.file = default_storage.save(f"publications/{row.token[:2]}/{row.token}", ContentFile(content))
    row.save(force_insert=True)
    return row


@transaction.atomic
def remove_file(*, publication: Publication, number: int, by: Actor, at: datetime) -> None:
    """Take a file of a draft away. Raises Unchangeable, PublicationFile.DoesNotExist, StaleRow, Forbidden."""
    publication_permissions.writer(by, publication, at=at)
    if not publication.is_draft:
        raise Unchangeable
    row = publication.files.get(number=number)
    amend(publication, fields={}, steps=[Step("publication.file_removed", {"number": publication.number, "file": number})], by=by, at=at)
    name = row.file
    row.delete()
    transaction.on_commit(lambda: default_storage.delete(name))


def _taken(publication: Publication, file: "File[bytes]") -> tuple[bytes, str, str]:
    if publication.files.count() >= MOST:
        raise NotTaken(_("There are as many files beside this answer as it can hold."))
    if file.size > settings.ATTACHMENT_MAX_BYTES:
        limit = settings.ATTACHMENT_MAX_BYTES // 1_000_000
        raise NotTaken(_("This file is larger than %(limit)s MB. Send a smaller one.") % {"limit": limit})
    content = b"".join(file.chunks())
    if not content:
        raise NotTaken(_("This file is empty."))
    if kind := file_types.type_of(content[: file_types.HEAD]):
        return content, file_types.ENDINGS[kind], kind
    if content.startswith(b"PK"):
        for mark, (ending, office) in _OFFICE.items():
            if mark in content:
                return content, ending, office
    raise NotTaken(_("This file cannot be published. Take a PDF, a picture, or a document of an office program."))


def _points_only(content: bytes) -> tuple[bytes, str, str]:
    """What the picture shows and nothing else. Raises NotTaken where it cannot be opened."""
    points = file_texts.points_of(content)
    if points is None:
        raise NotTaken(_("This picture cannot be opened."))
    return points, "png", "image/png"
