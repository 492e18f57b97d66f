"""The keys of an installation: made once, kept in ``var/keys.env``, read by nobody else."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from .steps import ROOT

VAR = Path(os.environ.get("PILOTLIGHT_VAR") or ROOT / "var").absolute()
_MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "FIELD_KEY": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "JOURNAL_KEY": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "SMS_GATEWAY_KEY": lambda: secrets.token_urlsafe(32),
}


def make_keys() -> None:
    """Adds the keys that are missing; a key that exists is never changed, for data is sealed with it."""
    VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = VAR / "keys.env"
    known = path.read_text() if path.exists() else ""
    names = {line.split("=", 1)[0].strip() for line in known.splitlines()}
    missing = [f"{name}={make()}\n" for name, make in _MAKERS.items() if name not in names]
    if missing:
        separator = "\n" if known and not known.endswith("\n") else ""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a") as keys:
            keys.write(separator + "".join(missing))
    path.chmod(0o600)
