"""Devices that act for a user over the API: a token for each, shown once, kept as a hash."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from .. import models
from .sign_in_codes import CODE_LIFE


class NoSuchToken(Exception):
    """The user has no token of this name, or it is revoked already."""

    def __init__(self) -> None:
        super().__init__(_("There is no such token among yours."))


def forget_sign_ins(*, at: datetime) -> int:
    """Delete codes and tokens that have expired by ``at`` (real time); how many."""
    codes = models.SignInCode.objects.filter(created_at__lt=at - CODE_LIFE).delete()[0]
    return codes + models.AccessToken.objects.filter(expiry__lt=at).delete()[0]


@transaction.atomic
def open_token(*, user: models.User, device: str, life: timedelta, at: datetime) -> tuple[models.AccessToken, str]:
    """A token for a named device and its plain text, which is not kept. Tokens that have expired by ``at`` (real time) are cleared."""
    models.AccessToken.objects.filter(user=user, expiry__lt=at).delete()
    digest, plain = get_digest_token()
    key = plain[: CONSTANTS.TOKEN_KEY_LENGTH]
    row = models.AccessToken.objects.create(user=user, digest=digest, token_key=key, expiry=at + life, device=device)
    return row, plain


def revoke_token(*, user: models.User, handle: str) -> None:
    """From now on the device is a stranger. Raises NoSuchToken."""
    if models.AccessToken.objects.filter(user=user, handle=handle).delete()[0] == 0:
        raise NoSuchToken
