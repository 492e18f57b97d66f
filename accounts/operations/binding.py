"""Tie a cabinet user to an account. Whatever was wrong, the same work is done and the same answer given.

Note [Nothing to learn]: a right and a wrong try both read the account by number, read a phone, compare, hash a code,
write an attempt and hand back a StartedBinding; only ``phone`` differs, and the caller owes a message in both cases.
Making objects of what was found takes a tenth of the whole; the page therefore answers after a fixed time.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models, sealing
from ..searching import fold

CODE_LIFE = timedelta(minutes=10)
TRIES_PER_CODE = 5
ATTEMPTS_PER_HOUR = 5
#: More than one user's: nobody alone can keep the holder out of their own account.
ATTEMPTS_AT_A_NUMBER = 10


class TooManyAttempts(Exception):
    """This user, or several at this number, tried too often within the hour."""

    def __init__(self) -> None:
        super().__init__(_("Too many tries. Wait an hour, or come to a hall with your identity card."))


class WrongCode(Exception):
    """The code is wrong, too old, used, tried too often, or never existed."""

    def __init__(self) -> None:
        super().__init__(_("This code is wrong or no longer valid. Check the number and ask for a new code if need be."))


class NotBound(Exception):
    """There is no such tie."""

    def __init__(self) -> None:
        super().__init__(_("This account is not in your cabinet."))


@dataclass(frozen=True)
class StartedBinding:
    """What the caller needs to owe the message; ``phone`` is None when nothing matched."""

    attempt_id: int
    code: str
    phone: str | None
    language: str


@transaction.atomic
def start_binding(*, user: models.User, number: str, proof: str, role: str, at: datetime) -> StartedBinding:
    """First step: account number and the holder's name or the last four digits of the phone on file.

    ``at`` is real time. Raises TooManyAttempts, by what was typed and not by what exists.
    """
    asked = sealing.digest(f"binding:{fold(number)}")
    _check_limits(user, asked, at)
    account = models.Account.objects.select_related("customer").filter(number=fold(number)).exclude(status="closed").first()
    phone = models.Phone.objects.filter(customer=account.customer_id if account else 0, is_primary=True).first()
    on_file = str(phone.number) if phone else ""
    matched = _proves(proof, account.customer.name if account else "", on_file) and account is not None and bool(on_file)
    code, salt = f"{secrets.randbelow(1_000_000):06d}", secrets.token_hex(8)
    attempt = models.BindingAttempt.objects.create(
        user=user, account=account if matched else None, asked=asked, role=role, salt=salt, code_hash=_hash(salt, code), created_at=at
    )
    language = account.customer.language if matched and account else user.language or settings.LANGUAGE_CODE
    return StartedBinding(attempt.pk, code, on_file if matched else None, language)


def finish_binding(*, user: models.User, attempt_id: int, code: str, typed_at: datetime, at: datetime) -> models.Binding:
    """Second step: the code, typed at the real moment ``typed_at``. Raises WrongCode; every try counts, also the wrong ones."""
    # The try is counted in a statement of its own first, so that a refusal cannot roll it back.
    models.BindingAttempt.objects.filter(pk=attempt_id, user=user).update(tries=F("tries") + 1)
    with transaction.atomic():
        attempt = models.BindingAttempt.objects.select_for_update(no_key=True).filter(pk=attempt_id, user=user).first()
        expected, salt = (attempt.code_hash, attempt.salt) if attempt else ("", "")
        fits = constant_time_compare(_hash(salt, fold(code)), expected)
        if attempt is None or attempt.account is None or not fits or not _is_alive(attempt, typed_at):
            raise WrongCode
        attempt.used_at = typed_at
        attempt.save(update_fields=["used_at"])
        return _bind(user, attempt.account, attempt.role, by=user, at=at)


@transaction.atomic
def bind_with_papers(*, user: models.User, account: models.Account, role: str, papers: str, by: Actor, at: datetime) -> models.Binding:
    """At the hall, when the phone on file is gone: the clerk has seen the papers and says which."""
    return _bind(user, account, role, by=by, at=at, papers=papers)


@transaction.atomic
def unbind(*, user: models.User, account: models.Account, by: Actor, at: datetime) -> None:
    """Take an account out of somebody's cabinet. Raises NotBound."""
    living = models.Binding.objects.filter(user=user, account=account, unbound_at__isnull=True)
    if living.update(unbound_at=at) != 1:
        raise NotBound


def _check_limits(user: models.User, asked: str, at: datetime) -> None:
    # The row lock makes a user's tries at the same moment count one another.
    models.User.objects.select_for_update(no_key=True).get(pk=user.pk)
    since = at - timedelta(hours=1)
    by_user = models.BindingAttempt.objects.filter(user=user, created_at__gt=since).count()
    at_number = models.BindingAttempt.objects.filter(asked=asked, created_at__gt=since).count()
    if by_user >= ATTEMPTS_PER_HOUR or at_number >= ATTEMPTS_AT_A_NUMBER:
        raise TooManyAttempts


def _proves(proof: str, name: str, phone: str) -> bool:
    given = fold(proof).replace(" ", "")
    by_name = constant_time_compare(given, fold(name).replace(" ", ""))
    by_phone = constant_time_compare(given, phone[-4:])
    return bool(given) and (by_name or by_phone)


def _hash(salt: str, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{salt}:{code}".encode(), "sha256").hexdigest()


def _is_alive(attempt: models.BindingAttempt, at: datetime) -> bool:
    return attempt.used_at is None and attempt.tries <= TRIES_PER_CODE and at - attempt.created_at < CODE_LIFE


def _bind(user: models.User, account: models.Account, role: str, *, by: Actor, at: datetime, papers: str = "") -> models.Binding:
    try:
        with transaction.atomic():
            return models.Binding.objects.create(user=user, account=account, role=role, bound_at=at, bound_by=by.actor_label, papers=papers)
    except IntegrityError:
        # Bound already: a second time is no fault, and the closer role wins nothing by itself.
        return models.Binding.objects.get(user=user, account=account, unbound_at__isnull=True)
