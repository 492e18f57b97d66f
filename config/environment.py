"""Strict readers of the environment: a setting is right, absent or an error at start, never guessed.

Keys that ``./run`` made lie in ``var/keys.env`` (mode 0600); the environment wins over that file.
"""

import os
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PILOTLIGHT_VAR", BASE_DIR / "var"))


class BadEnvironment(Exception):
    """A variable is missing or cannot be read; the message names it and what it should look like."""


def _keys_file() -> Mapping[str, str]:
    path = VAR / "keys.env"
    if not path.exists():
        return {}
    pairs = (line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, value in pairs}


_KEYS = _keys_file()


def text(name: str, default: str | None = None) -> str:
    """The variable as written; without a default it must be there."""
    value = os.environ.get(name) or _KEYS.get(name) or default
    if value is None:
        raise BadEnvironment(f"{name} is not set; ./run makes the keys it needs in var/keys.env")
    return value


def flag(name: str, default: bool = False) -> bool:
    """``1``/``true``/``yes``/``on`` or ``0``/``false``/``no``/``off``."""
    value = text(name, str(default)).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadEnvironment(f"{name} must be true or false, not {value!r}")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise BadEnvironment(f"{name} must be a whole number, not {value!r}") from None


def span(name: str, default: str) -> tuple[time, time]:
    """Two times of day, as 21:00-08:00; the same twice is no time at all."""
    value = text(name, default)
    try:
        begins, ends = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError:
        raise BadEnvironment(f"{name} must look like 21:00-08:00, not {value!r}") from None
    return begins, ends


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database() -> dict[str, object]:
    """``DATABASE_URL`` (``postgresql://user:password@host:port/name``) as Django wants it, else SQLite in ``var/``."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return _sqlite(Path(text("SQLITE_PATH", str(VAR / "pilotlight.sqlite3"))))
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise BadEnvironment("DATABASE_URL must look like postgresql://user:password@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, **dict(parse_qsl(parts.query))},
    }


def _sqlite(path: Path) -> dict[str, object]:
    # IMMEDIATE: with Django's default a reader that turns writer fails at once with "database is locked".
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
