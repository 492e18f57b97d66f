"""The badges that workers show at doors: issued with a photo, withdrawn when lost or when they leave."""

import secrets
from datetime import date, datetime

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Staff
from accounts.signing import signed
from casework.file_types import HEAD, type_of
from casework.references import new_code

from .. import permissions
from ..models import Badge

#: What every browser shows; HEIC is not among it.
_MOST_BYTES = 1_000_000
_SHOWN = {"image/jpeg", "image/png", "image/webp"}


class BadPhoto(Exception):
    """No picture that a customer's phone can show, or too large."""

    def __init__(self) -> None:
        super().__init__(_("Send a photo as JPEG, PNG or WebP, at most 1 MB."))


class BadDate(Exception):
    """A badge that is not valid on the day it is issued."""

    def __init__(self) -> None:
        super().__init__(_("The badge must be valid for some time."))


@transaction.atomic
def issue_badge(*, staff: Staff, photo: "File[bytes] | None", valid_until: date, by: Actor, at: datetime) -> Badge:
    """A new badge for somebody; the one they had is withdrawn. Raises BadPhoto, BadDate, Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    if valid_until < business_date(at):
        raise BadDate
    # Under their own row's lock: of two badges issued at once the second takes the place of the first.
    Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
    for former in Badge.objects.select_for_update(no_key=True).filter(staff=staff, withdrawn_at=None):
        _withdraw(former, by, at)
    badge = Badge(staff=staff, number=_free_number(), issued_at=at, valid_until=valid_until)
    if photo is not None:
        _check_photo(photo)
        badge.photo = default_storage.save(f"badges/{secrets.token_hex(16)}", photo)
    signed(badge, by=by, at=at).save(force_insert=True)
    return badge


@transaction.atomic
def withdraw_badge(*, badge: Badge, by: Actor, at: datetime) -> None:
    """Nobody may show it any more: lost, or its wearer has left. Doing it twice is no mistake. Raises Forbidden."""
    permissions.check_may_plan_crews(by, at=at)
    row = Badge.objects.select_for_update(no_key=True).get(pk=badge.pk)
    if row.withdrawn_at is None:
        _withdraw(row, by, at)


def _withdraw(badge: Badge, by: Actor, at: datetime) -> None:
    badge.withdrawn_at = at
    signed(badge, by=by, at=at).save(update_fields=["withdrawn_at"])


def _check_photo(photo: "File[bytes]") -> None:
    head = photo.read(HEAD)
    photo.seek(0)
    if type_of(head) not in _SHOWN or (photo.size or 0) > _MOST_BYTES:
        raise BadPhoto


def _free_number() -> str:
    while True:
        number = new_code()
        if not Badge.objects.filter(number=number).exists():
            return number
