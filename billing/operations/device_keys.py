"""Keys of machines: made here, shown once, kept sealed; changed without a pause, revoked in a moment."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts import sealing
from accounts.actors import Actor
from casework.operations import Step, record

from .. import permissions, verification
from ..models import DeviceKey, Kiosk

#: How long the keys before a new one go on, unless told otherwise.
OVERLAP = timedelta(hours=24)
#: ``used_at`` is for people who wonder whether a key can go: it need not be exact.
_SEEN_LATELY = timedelta(minutes=1)


@dataclass(frozen=True)
class NewKey:
    """A key just made with its secret, which can be read now and never again."""

    key: DeviceKey
    secret: str


@transaction.atomic
def make_key(*, kiosk: Kiosk | None = None, by: Actor, at: datetime) -> NewKey:
    """A key for a kiosk, or (without one) for the gateway of the connected meters; others go on as they are. Raises Forbidden."""
    permissions.check_may_manage_devices(by, at=at)
    secret = secrets.token_urlsafe(32)
    key = DeviceKey.objects.create(
        handle=("K" if kiosk else "M") + verification.new_code()[:9],
        kind=DeviceKey.Kind.KIOSK if kiosk else DeviceKey.Kind.METERS,
        kiosk=kiosk,
        sealed=sealing.seal(secret),
        made_at=at,
        made_by=by.actor_label,
    )
    _tell(key, "kiosk.key_made", by, at)
    return NewKey(key, secret)


@transaction.atomic
def rotate_key(*, kiosk: Kiosk | None = None, overlap: timedelta = OVERLAP, by: Actor, at: datetime) -> NewKey:
    """A new key; those before it go on for ``overlap``, so that the machine can change over without a pause. Raises Forbidden."""
    new = make_key(kiosk=kiosk, by=by, at=at)
    end = at + overlap
    live = DeviceKey.objects.filter(kind=new.key.kind, kiosk=kiosk, revoked_at=None).exclude(pk=new.key.pk)
    live.filter(Q(expires_at=None) | Q(expires_at__gt=end)).update(expires_at=end)
    return new


@transaction.atomic
def revoke_key(*, key: DeviceKey, by: Actor, at: datetime) -> None:
    """From now on nothing signed with it is heard. Twice is once. Raises Forbidden."""
    permissions.check_may_manage_devices(by, at=at)
    if DeviceKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
        _tell(key, "kiosk.key_revoked", by, at)


def note_use(*, key: DeviceKey, at: datetime) -> None:
    """Remember, to a minute, when a key was used last."""
    if key.used_at is None or key.used_at < at - _SEEN_LATELY:
        DeviceKey.objects.filter(pk=key.pk).update(used_at=at)


def _tell(key: DeviceKey, verb: str, by: Actor, at: datetime) -> None:
    if key.kiosk is not None:
        record(timeline_id=key.kiosk.timeline_id, steps=[Step(verb, {"key": key.handle})], by=by, at=at)
