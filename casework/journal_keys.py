"""The key that signs the journal's roots (JOURNAL_KEY in the environment), and which public keys count as ours."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _


class NoJournalKey(Exception):
    """JOURNAL_KEY is not set, or is no key: an unsigned root would prove nothing."""

    def __init__(self) -> None:
        super().__init__(_("JOURNAL_KEY is missing or no key: ./run makes one, docs/operate.md tells how else."))


def signing_key() -> Ed25519PrivateKey:
    """The private key of this installation. Raises NoJournalKey."""
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(settings.JOURNAL_KEY))
    except ValueError:
        raise NoJournalKey from None


def our_keys() -> set[str]:
    """Public keys in hex: that of today and those before it (JOURNAL_FORMER_KEYS)."""
    former = set(settings.JOURNAL_FORMER_KEYS)
    return former | {signing_key().public_key().public_bytes_raw().hex()} if settings.JOURNAL_KEY else former
