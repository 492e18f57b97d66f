"""Devices that act for a user over the API: a token for each, shown once, kept as a hash."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from .. import models, second_factor

CODE_LIFE = timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT)  # the text message says so
TRIES_PER_CODE = 5


class WrongCredentials(Exception):
    """Name, password, code: something does not fit. It is never said which."""

    def __init__(self) -> None:
        super().__init__(_("The name, phone, password or code is wrong."))


class NoSecondFactor(Exception):
    """Staff sign in with a second factor, and this one has none yet."""

    def __init__(self) -> None:
        super().__init__(_("Set up your second factor on the web page first."))


class SecondFactorMissing(Exception):
    """Right so far, but this user has set up a second step."""

    def __init__(self) -> None:
        super().__init__(_("Send phone, password and a code of your authenticator app."))


class NoSuchToken(Exception):
    """The user has no token of this name, or it is revoked already."""

    def __init__(self) -> None:
        super().__init__(_("There is no such token among yours."))


@dataclass(frozen=True)
class SentCode:
    """What the caller needs to send the message; ``user`` is None when nobody has the phone."""

    attempt: str
    code: str
    user: models.User | None
    expires_at: datetime


def check_second_factor(*, user: models.User, code: str) -> None:
    """A code of the authenticator app, or one of the recovery codes, used up by this. Customers need it if they have set it up.

    Raises NoSecondFactor for staff without one, SecondFactorMissing, WrongCredentials.
    """
    ways = {row.type: row for row in Authenticator.objects.filter(user=user)}
    if Authenticator.Type.TOTP not in ways:
        if user.is_staff:
            raise NoSecondFactor
        return
    if not code:
        raise SecondFactorMissing
    if TOTP(ways[Authenticator.Type.TOTP]).validate_code(code) and second_factor.spend(user=user, code=code):
        return
    recovery = ways.get(Authenticator.Type.RECOVERY_CODES)
    if recovery is None or not RecoveryCodes(recovery).validate_code(code):
        raise WrongCredentials


def prepare_code(*, phone: str, at: datetime) -> SentCode:
    """A one-time code for the customer with this verified phone; the same work and answer when there is none. ``at`` is real time."""
    user = models.User.objects.filter(phone=phone, is_phone_verified=True, is_active=True, is_staff=False).first()
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = models.SignInCode.objects.create(user=user, code_hash=make_password(code), created_at=at)
    return SentCode(row.handle, code, user, at + CODE_LIFE)


def use_code(*, attempt: str, code: str, at: datetime) -> models.User:
    """The customer behind a one-time code. ``at`` is real time. Raises WrongCredentials; every try counts, also the wrong ones."""
    living = models.SignInCode.objects.filter(handle=attempt, used_at__isnull=True, created_at__gt=at - CODE_LIFE)
    # Counted in a statement of its own before looking, so that tries at the same moment cannot share one.
    counted = living.filter(tries__lt=TRIES_PER_CODE).update(tries=F("tries") + 1)
    row = living.select_related("user").first() if counted else None
    fits = check_password(code, row.code_hash if row else make_password(None))
    if row is None or row.user is None or not fits or living.filter(pk=row.pk).update(used_at=at) != 1:
        raise WrongCredentials
    return row.user


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
