"""Which cabinet a WeChat opens, and which WeChat belongs to a cabinet."""

from django.contrib.auth.models import AnonymousUser

from .. import models, sealing
from ..wechat import Identity


def user_of(identity: Identity) -> models.User | None:
    """Whose WeChat this is, if it is linked. Never staff: they have a second factor instead."""
    links = models.WeChatLink.objects.filter(digest=digest_of(identity), unlinked_at__isnull=True, user__is_staff=False)
    link = links.select_related("user").first()
    return link.user if link else None


def link_of(user: models.User, *, appid: str) -> models.WeChatLink | None:
    """The living link of somebody to an account."""
    return models.WeChatLink.objects.filter(user=user, appid=appid, unlinked_at__isnull=True).first()


def payer_of(user: models.User | AnonymousUser, *, appid: str) -> str:
    """The openid by which somebody pays in the app of an account; empty where there is none."""
    link = link_of(user, appid=appid) if isinstance(user, models.User) and appid else None
    return sealing.unseal(link.openid_sealed) if link else ""


def digest_of(identity: Identity) -> str:
    """The same for the same person at the same account. Capitals count: ``sealing.digest`` folds them, so it gets the bytes in hex."""
    return sealing.digest(f"{identity.appid}:{identity.openid}".encode().hex())
