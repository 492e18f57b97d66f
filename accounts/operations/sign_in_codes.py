"""One-time codes by text message, for customers who sign in on a device."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account import app_settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from .. import models
from .second_steps import WrongCredentials

CODE_LIFE = timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT)  # the text message says so


TRIES_PER_CODE = 5


@dataclass(frozen=True)
class SentCode:
    """What the caller needs to send the message; ``user`` is None when nobody has the phone."""

    attempt: str
    code: str
    user: models.User | None
    expires_at: datetime


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
