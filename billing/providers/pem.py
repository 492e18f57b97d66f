"""Keys as the environment holds them: the base64 of the DER form, on one line; and as libraries want them."""

from textwrap import wrap


def private(body: str) -> str:
    """A PKCS #8 key."""
    return _framed(body, "PRIVATE KEY")


def public(body: str) -> str:
    """A SubjectPublicKeyInfo."""
    return _framed(body, "PUBLIC KEY")


def bare(text: str) -> str:
    """What stands between the lines of a PEM file, on one line."""
    return "".join(line.strip() for line in text.splitlines() if "-----" not in line)


def _framed(body: str, kind: str) -> str:
    return "\n".join([f"-----BEGIN {kind}-----", *wrap(bare(body), 64), f"-----END {kind}-----", ""])
