"""Account numbers: nine digits and a Luhn check digit, so that one slip of a finger never names another household."""

import re
from collections.abc import Iterator

from sequences import get_next_value
from stdnum import luhn

_FIRST = 100_000_001
_SHAPE = re.compile(r"\d{10}", re.ASCII)


def with_check_digit(body: int) -> str:
    """The ten digits for a nine-digit body."""
    digits = f"{body:09d}"
    return digits + str(luhn.calc_check_digit(digits))


def is_valid(number: str) -> bool:
    """Ten ASCII digits of which the last one checks the others."""
    return bool(_SHAPE.fullmatch(number)) and bool(luhn.is_valid(number))


def next_account_number() -> str:
    """A number no account has. Gapless numbers are not needed here, unique ones are; call inside a transaction."""
    return next(_unused())


def _unused() -> Iterator[str]:
    from .models import Account  # numbers may have come in by an import

    while True:
        number = with_check_digit(get_next_value("accounts.account", initial_value=_FIRST))
        if not Account.objects.filter(number=number).exists():
            yield number
