"""Who can sign in to the demo, and with what.

Made at random for each installation and kept in ``var/demo.json``, which only its owner may read.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from django.conf import settings

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PERIOD = 30


class NoSignIns(Exception):
    """This installation has no demo city, or its file is gone."""


@dataclass
class SignIns:
    """One password for everybody, a second-factor secret per staff member, and the phone of a customer with a cabinet."""

    password: str
    secrets: dict[str, str] = field(default_factory=dict)
    customer_phone: str = ""

    @classmethod
    def invent(cls, usernames: Iterable[str]) -> Self:
        """Those of this installation if it has some already, else new ones."""
        try:
            found = cls.read()
        except NoSignIns:
            found = cls("-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)))
        for username in usernames:
            found.secrets.setdefault(username, base64.b32encode(secrets.token_bytes(20)).decode())
        return found

    @classmethod
    def read(cls) -> Self:
        """Raises NoSignIns."""
        try:
            return cls(**json.loads(_path().read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise NoSignIns("There are no demo sign-ins here; build_city makes them.") from error

    def keep(self) -> None:
        """Write the file; nobody but its owner may read it, from its first byte on."""
        path = _path()
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=1)
        fresh.replace(path)


def totp(secret: str, moment: float) -> tuple[str, int]:
    """The six digits an authenticator shows at a moment (real time), and how many seconds they stay (RFC 6238)."""
    step, into = divmod(int(moment), _PERIOD)
    mac = hmac.new(base64.b32decode(secret), step.to_bytes(8), hashlib.sha1).digest()
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06d}", _PERIOD - into


def otpauth(secret: str, username: str) -> str:
    """The address an authenticator app takes instead of a QR code."""
    return f"otpauth://totp/Pilotlight:{username}?secret={secret}&issuer=Pilotlight"


def _path() -> Path:
    return Path(settings.VAR) / "demo.json"
