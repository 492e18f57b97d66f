"""The code in a receipt's QR: random, unguessable, easy to read out. It says nothing about the customer."""

import secrets

#: No I, L, O, U: nothing in a code can be taken for something else. 32 letters are 5 bits each.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
_MISREAD = str.maketrans("ILO", "110", " -")


def new_code() -> str:
    """100 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """A code as somebody typed or scanned it: any case, with or without dashes, I, L and O read as what they look like."""
    return text.upper().translate(_MISREAD)


def may_be(code: str) -> bool:
    """Whether it has the shape of a code, as ``read_code`` gives it."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def in_groups(code: str) -> str:
    """For paper: ``7K2QM-...``."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))
