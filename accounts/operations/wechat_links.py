"""Sign-in from WeChat: whose cabinet it opens, a cabinet for a newcomer, and the tie between the two."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models, permissions, sealing, wechat
from ..queries import wechat_links
from ..roles import Verb
from ..wechat import Identity


class OtherCabinet(Exception):
    """This WeChat is linked to somebody else's cabinet, or to another one of the same person."""

    def __init__(self) -> None:
        super().__init__(_("This WeChat opens another cabinet already. Sign in with it and unlink it there first."))


class OtherWeChat(Exception):
    """The cabinet has a WeChat already."""

    def __init__(self) -> None:
        super().__init__(_("Another WeChat is linked to this cabinet. Unlink it first."))


class NotLinked(Exception):
    """There is no such tie."""

    def __init__(self) -> None:
        super().__init__(_("No WeChat is linked to this cabinet."))


class OnlyWayIn(Exception):
    """Without it nobody could open the cabinet any more, and there is something in it."""

    def __init__(self) -> None:
        super().__init__(_("You sign in with nothing else yet. Add your phone first, then unlink."))


@dataclass(frozen=True)
class Recognised:
    """Who came from WeChat; ``user`` is None for somebody whom we have not met there."""

    identity: Identity
    user: models.User | None


def recognise(*, code: str) -> Recognised:
    """Ask WeChat whom a code stands for, and look whose cabinet that opens. Raises WeChatSilent and WeChatRefused.

    Not inside a transaction: it waits for the network.
    """
    identity = wechat.identity_of(code)
    return Recognised(identity, wechat_links.user_of(identity))


@transaction.atomic
def open_cabinet(*, identity: Identity, language: str, at: datetime) -> models.User:
    """A cabinet for a newcomer, empty until an account is bound to it by the usual rules.

    Two taps at once get the same one. Raises OtherCabinet where the WeChat belongs to somebody who may not come in with it.
    """
    try:
        with transaction.atomic():
            user = models.User.objects.create_user(f"wechat-{get_random_string(12).lower()}", language=language)
            link(user=user, identity=identity, by=user, at=at)
    except OtherCabinet:
        known = wechat_links.user_of(identity)
        if known is None:
            raise
        return known
    return user


@transaction.atomic
def link(*, user: models.User, identity: Identity, by: Actor, at: datetime) -> models.WeChatLink:
    """From now on this WeChat opens the user's cabinet; a second time is no fault. Raises OtherCabinet, OtherWeChat."""
    digest = wechat_links.digest_of(identity)
    secret = {"openid_sealed": sealing.seal(identity.openid), "digest": digest}
    try:
        with transaction.atomic():
            return models.WeChatLink.objects.create(user=user, appid=identity.appid, linked_at=at, linked_by=by.actor_label, **secret)
    except IntegrityError:
        known = models.WeChatLink.objects.filter(digest=digest, unlinked_at__isnull=True).first()
        if known is None:
            raise OtherWeChat from None
        if known.user_id != user.pk:
            raise OtherCabinet from None
        return known


@transaction.atomic
def unlink(*, user: models.User, appid: str, by: Actor, at: datetime) -> None:
    """The WeChat opens nothing any more, and who it was is forgotten. Raises NotLinked, OnlyWayIn."""
    held = models.User.objects.select_for_update(no_key=True).get(pk=user.pk)
    has_phone = bool(held.phone) and held.is_phone_verified
    if not has_phone and held.bindings.filter(unbound_at__isnull=True).exists():
        raise OnlyWayIn
    _end(models.WeChatLink.objects.filter(user=held, appid=appid), by, at)


@transaction.atomic
def unlink_for(*, user: models.User, by: Actor, at: datetime) -> None:
    """Staff end it for somebody whose phone is lost or sold, though it be the only way in: papers open a new one at any counter.

    Raises Forbidden, NotLinked.
    """
    if isinstance(by, models.User):
        permissions.check_verb(by, Verb.EDIT_CUSTOMERS, at=at)
    held = models.User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _end(models.WeChatLink.objects.filter(user=held), by, at)


def _end(links: QuerySet[models.WeChatLink], by: Actor, at: datetime) -> None:
    living = links.filter(unlinked_at__isnull=True)
    if not living.update(unlinked_at=at, unlinked_by=by.actor_label, openid_sealed="", digest=""):
        raise NotLinked
