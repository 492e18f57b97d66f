"""What the stand-in knows: the messages it took, each once per key, and the trouble it was asked to make."""

import json
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from .. import signing, webhook_signing
from .reports import Reporter

_KEPT = 200


@dataclass(frozen=True)
class Taken:
    """One message as it came; ``way`` is sms, voice, email or webhook."""

    id: str
    to: str
    text: str
    language: str
    at: datetime
    way: str = "sms"


@dataclass
class Gateway:
    """All methods may be called by several threads. ``secrets`` are those of webhooks it answers to."""

    key: str
    messages: deque[Taken] = field(default_factory=lambda: deque(maxlen=_KEPT))
    secrets: list[str] = field(default_factory=list)
    reporter: Reporter | None = None
    fail: int = 0
    lose: int = 0
    gone: int = 0
    undelivered: int = 0
    delay: float = 0.0
    _by_key: dict[str, str] = field(default_factory=dict)
    _nonces: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refusal(self, headers: Any, body: bytes) -> HTTPStatus | None:
        """Why this request is not believed; None when it is."""
        stamp, nonce = headers.get("Pilotlight-Timestamp", ""), headers.get("Pilotlight-Nonce", "")
        parts = (stamp, nonce, headers.get("Idempotency-Key", ""), body)
        if not signing.is_signed(headers.get("Pilotlight-Signature", ""), self.key, *parts):
            return HTTPStatus.UNAUTHORIZED
        now = time.time()
        if abs(now - int(stamp)) > signing.WINDOW:
            return HTTPStatus.UNAUTHORIZED
        with self._lock:
            self._nonces = {old: seen for old, seen in self._nonces.items() if now - seen <= 2 * signing.WINDOW}
            if nonce in self._nonces:
                return HTTPStatus.CONFLICT
            self._nonces[nonce] = now
        return None

    def take(self, way: str, key: str, body: bytes) -> tuple[HTTPStatus, str]:
        """Take a text message or a call once per key; its id."""
        try:
            given = json.loads(body)
            to, text, language = str(given["to"]), str(given["text"]), str(given.get("language", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            return HTTPStatus.BAD_REQUEST, ""
        if not to.startswith("+") or not to[1:].isdigit():
            return HTTPStatus.UNPROCESSABLE_ENTITY, ""
        status, message_id = self.keep(key, to=to, text=text, language=language, way=way)
        if self.reporter and status == HTTPStatus.CREATED:
            self.reporter.report(way, message_id, "failed" if self.spend("undelivered") else "delivered")
        return status, message_id

    def take_event(self, headers: Any, body: bytes) -> HTTPStatus:
        """Take a webhook's event as a careful subscriber does: the signature, its age, once per id."""
        event_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not stamp.isdecimal() or abs(time.time() - int(stamp)) > signing.WINDOW:
            return HTTPStatus.UNAUTHORIZED
        signed = headers.get("webhook-signature", "")
        if not any(webhook_signing.is_signed(signed, one, event_id=event_id, stamp=int(stamp), body=body) for one in self.secrets):
            return HTTPStatus.UNAUTHORIZED
        self.keep(event_id, to=event_id, text=body.decode(errors="replace"), language="en", way="webhook")
        return HTTPStatus.NO_CONTENT

    def keep(self, key: str, **message: str) -> tuple[HTTPStatus, str]:
        """Show a message; a key that was seen before is answered like the first time, and shown once."""
        with self._lock:
            if key in self._by_key:
                return HTTPStatus.OK, self._by_key[key]
            self._by_key[key] = f"demo-{len(self._by_key) + 1}"
            self.messages.appendleft(Taken(id=self._by_key[key], at=datetime.now(UTC), **message))
            return HTTPStatus.CREATED, self._by_key[key]

    def script(self, body: bytes) -> None:
        """Make trouble from now on. Raises ValueError and TypeError for what it does not understand."""
        given: Mapping[str, Any] = {"delay": 0.0, **json.loads(body)}
        for fault in ("fail", "lose", "gone", "undelivered"):
            setattr(self, fault, int(given.get(fault, 0)))
        self.delay = float(given["delay"])

    def trust(self, body: bytes) -> None:
        """Answer to a webhook's secret besides those known. Raises ValueError, TypeError and KeyError."""
        self.secrets.append(str(json.loads(body)["secret"]))

    def spend(self, fault: str) -> bool:
        """Whether this fault strikes now; counts it down."""
        with self._lock:
            left: int = getattr(self, fault)
            setattr(self, fault, max(left - 1, 0))
            return left > 0
