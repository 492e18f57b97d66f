"""References that can be read out over the phone: no letters that sound or look like digits, a check character at the end."""

import secrets

from stdnum.iso7064 import mod_37_36

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_reference(kind: str = "T") -> str:
    """For a top-up: ``T`` and eleven characters. An order for a provider begins with ``P``, a refund with ``R``, a bill with ``B``,
    a use of held money with ``H``, a break with ``K``, a visit to a counter with ``V``, a payout of credit with ``G``."""
    body = kind + "".join(secrets.choice(_ALPHABET) for _ in range(10))
    return body + mod_37_36.calc_check_digit(body)


def is_valid(reference: str) -> bool:
    """Whether the check character fits: catches one wrong character and two swapped ones."""
    return len(reference) == 12 and bool(mod_37_36.is_valid(reference))
