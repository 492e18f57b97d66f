"""A closer look on the tracking page: reference and code stand on slips and in messages that others see, so they show where it stands.

What people wrote and photographed (the construction log, defects, why a paper was not accepted) is shown to the applicant only: signed in,
or with the last digits of the phone that they left with us, as long as the look lasts. Four digits are few: of one application they may
be tried a dozen times an hour, from however many addresses.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest

import casework.permissions
from accounts.throttles import Pace, may_ask_about
from casework.models import Case

DIGITS = 4
_PACE = Pace("phone_proof", "12/hour")
_PROVED = "proved_case"
#: How long one look lasts; real time, as sessions do.
_LASTS = timedelta(minutes=15)


class TooOften(Exception):
    """Somebody guesses."""


def prove(request: HttpRequest, case: Case, digits: str, *, real: datetime) -> bool:
    """Whether these are the last digits of the applicant's phone; remembered for this visitor. ``real``: now. Raises TooOften."""
    if not may_ask_about(str(case.pk), _PACE):
        raise TooOften
    known = "".join(sign for sign in case.contact_phone if sign.isdecimal())
    if len(known) < DIGITS or digits != known[-DIGITS:]:
        return False
    request.session[_PROVED] = [case.pk, (real + _LASTS).timestamp()]
    return True


def may_read(request: HttpRequest, case: Case, *, at: datetime, real: datetime) -> bool:
    """Whether this visitor may read what people wrote about a case that they looked up; ``real`` is as sessions go."""
    key, until = request.session.get(_PROVED, (0, 0))
    if key == case.pk and until > real.timestamp():
        return True
    return request.user.is_authenticated and casework.permissions.visible_cases(request.user, at).filter(pk=case.pk).exists()
