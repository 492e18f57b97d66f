"""Identity numbers at rest: sealed with FIELD_KEY, found again by a keyed digest, shown by their last four."""

import hashlib
import hmac

from cryptography.fernet import Fernet
from django.conf import settings


def seal(text: str) -> str:
    """Encrypt; the same text seals differently each time."""
    return Fernet(settings.FIELD_KEY.encode()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt what ``seal`` made. Raises cryptography.fernet.InvalidToken for anything else."""
    return Fernet(settings.FIELD_KEY.encode()).decrypt(sealed.encode()).decode()


def digest(text: str) -> str:
    """The same for the same text: to look an identity number up without unsealing any."""
    return hmac.new(settings.FIELD_KEY.encode(), text.casefold().encode(), hashlib.sha256).hexdigest()
