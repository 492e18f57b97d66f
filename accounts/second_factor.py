"""A code of an authenticator app opens a door once, however long it could still be typed."""

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from django.core.cache import cache

from . import models

#: Seconds in which allauth takes one code: its own step and those tolerated on either side.
_LIFE = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)


def spend(*, user: models.User, code: str) -> bool:
    """Use a code up; False when it was used before (RFC 6238, section 5.2).

    allauth remembers a used code for one step only, which with a tolerance is shorter than the code lives.
    """
    return bool(cache.add(f"second-factor-spent:{user.pk}:{normalize_user_code(code)}", "", timeout=_LIFE))
