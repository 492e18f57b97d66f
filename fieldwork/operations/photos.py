"""Take in the pictures of a crew's device: each once, before or after the deed that it belongs to, as files of the case."""

import hashlib
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import current_staff
from casework.models import Attachment, Timeline
from casework.operations import NotTaken, attach

from .. import permissions
from ..models import DevicePhoto, Visit
from .evidence import join
from .signatures import settle


class AnotherPhoto(Exception):
    """The key was used before for a picture with other bytes, or of another visit."""

    def __init__(self) -> None:
        super().__init__(_("This key has been used for another picture."))


@transaction.atomic
def take_photo(*, visit: Visit, key: str, file: "File[bytes]", by: User, at: datetime) -> DevicePhoto:
    """Keep a picture from a visit that the crew has or had. Sent again, or under another key, its bytes are kept once.

    Raises AnotherPhoto, NotTaken for what is no picture, too large or one too many, NotYourVisit, Forbidden.
    """
    permissions.check_may_report(by, visit, at=at)
    staff, digest = current_staff(by), _digest(file)
    # One picture of a timeline after the other: sent twice at once, the bytes would be stored twice.
    Timeline.objects.select_for_update(no_key=True).get(pk=visit.timeline_id)
    known = DevicePhoto.objects.filter(staff=staff, key=key).first()
    if known is not None and (known.visit_id != visit.pk or known.sha256 not in {"", digest}):
        raise AnotherPhoto
    if known is not None and known.sha256:
        return known
    kept = {"visit": visit, "attachment": _attachment(visit, file, digest, by, at), "sha256": digest}
    photo, is_new = DevicePhoto.objects.get_or_create(staff=staff, key=key, defaults={**kept, "at": at})
    if not is_new:
        _fill(photo.pk, kept)
        photo = DevicePhoto.objects.select_related("evidence__visit", "attachment").get(pk=photo.pk)
        join(photo)
        if photo.evidence is not None:
            settle(evidence=photo.evidence, by=staff, at=at)
    return photo


def _fill(photo: int, kept: dict[str, object]) -> None:
    """The deed came first, or the same picture at the same moment: whoever is first stays."""
    DevicePhoto.objects.filter(pk=photo, attachment=None).update(attachment=kept["attachment"], sha256=kept["sha256"])


def _attachment(visit: Visit, file: "File[bytes]", digest: str, by: User, at: datetime) -> Attachment:
    if visit.case is None:
        raise NotTaken(_("This visit belongs to no request that could hold pictures."))
    same = Attachment.objects.filter(case=visit.case, sha256=digest, erased_at=None).first()
    row = same or attach(case=visit.case, file=file, by=by, at=at)
    if not row.content_type.startswith("image/"):
        raise NotTaken(_("Send a picture as JPEG, PNG, WebP or HEIC."))
    return row


def _digest(file: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    return digest.hexdigest()
