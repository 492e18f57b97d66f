"""The second step of signing in over the API: a code of the authenticator app, or one of the recovery codes."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.utils.translation import gettext as _

from .. import models, second_factor


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
