"""A gateway that sends nothing: it checks what the real one would check, and shows the messages on a page, the demo's phone.

Speaks docs/sms-gateway.md on POST /, shows the last messages on GET / (and as JSON on /messages.json), and makes trouble on
request: POST /faults with ``{"fail": 2, "lose": 1, "delay": 0.5}`` fails the next two, then takes one and loses the reply.
"""

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from . import signing

_KEPT = 200
_LONGEST_BODY = 64 * 1024
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Taken:
    """One message as it came."""

    id: str
    to: str
    text: str
    language: str
    at: datetime


@dataclass
class Gateway:
    """What the stand-in knows. All methods may be called by several threads."""

    key: str
    messages: deque[Taken] = field(default_factory=lambda: deque(maxlen=_KEPT))
    fail: int = 0
    lose: int = 0
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

    def take(self, key: str, body: bytes) -> tuple[HTTPStatus, str]:
        """Take a message once per key; its id."""
        try:
            given = json.loads(body)
            to, text, language = str(given["to"]), str(given["text"]), str(given.get("language", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            return HTTPStatus.BAD_REQUEST, ""
        if not to.startswith("+") or not to[1:].isdigit():
            return HTTPStatus.UNPROCESSABLE_ENTITY, ""
        with self._lock:
            if key in self._by_key:
                return HTTPStatus.OK, self._by_key[key]
            self._by_key[key] = f"demo-{len(self._by_key) + 1}"
            self.messages.appendleft(Taken(self._by_key[key], to, text, language, datetime.now(UTC)))
            return HTTPStatus.CREATED, self._by_key[key]

    def script(self, body: bytes) -> None:
        """Make trouble from now on. Raises ValueError and TypeError for what it does not understand."""
        given = {"fail": 0, "lose": 0, "delay": 0.0, **json.loads(body)}
        self.fail, self.lose, self.delay = int(given["fail"]), int(given["lose"]), float(given["delay"])

    def spend(self, fault: str) -> bool:
        """Whether this fault strikes now; counts it down."""
        with self._lock:
            left: int = getattr(self, fault)
            setattr(self, fault, max(left - 1, 0))
            return left > 0


class _Handler(BaseHTTPRequestHandler):
    server: "Server"
    server_version = "Pilotlight-SMS-stand-in"
    timeout = 30

    def do_GET(self) -> None:
        gateway, path = self.server.gateway, urlsplit(self.path)
        if path.path == "/":
            is_paused = path.query == "pause"
            refresh = {} if is_paused else {"Refresh": "3"}
            self._answer(HTTPStatus.OK, "text/html; charset=utf-8", self._page(is_paused=is_paused), refresh)
        elif path.path == "/messages.json":
            rows = [{**vars(message), "at": message.at.isoformat()} for message in gateway.messages]
            self._answer(HTTPStatus.OK, "application/json", json.dumps(rows, ensure_ascii=False).encode())
        elif path.path == "/phone.css":
            self._answer(HTTPStatus.OK, "text/css; charset=utf-8", _style())
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"")

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _LONGEST_BODY))
        if self.path == "/faults":
            self._script(body)
        else:
            self._take(body)

    def _script(self, body: bytes) -> None:
        try:
            self.server.gateway.script(body)
        except (ValueError, TypeError):
            self._answer(HTTPStatus.BAD_REQUEST, "text/plain", b"")
        else:
            self._answer(HTTPStatus.NO_CONTENT, "text/plain", b"")

    def _take(self, body: bytes) -> None:
        gateway = self.server.gateway
        refused = gateway.refusal(self.headers, body)
        if refused:
            self._answer(refused, "application/json", b"{}")
            return
        time.sleep(gateway.delay)
        if gateway.spend("fail"):
            self._sign(HTTPStatus.SERVICE_UNAVAILABLE, b"{}")
            return
        status, message_id = gateway.take(self.headers.get("Idempotency-Key", ""), body)
        if gateway.spend("lose"):
            self.close_connection = True
            return
        self._sign(status, json.dumps({"id": message_id}).encode())

    def _sign(self, status: HTTPStatus, body: bytes) -> None:
        signature = signing.sign(self.server.gateway.key, self.headers["Pilotlight-Nonce"], str(int(status)), body)
        self._answer(status, "application/json", body, {"Pilotlight-Signature": signature})

    def _answer(self, status: HTTPStatus, kind: str, body: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _page(self, *, is_paused: bool) -> bytes:
        asked = SimpleNamespace(META={"HTTP_ACCEPT_LANGUAGE": self.headers.get("Accept-Language", "")}, COOKIES={}, path_info="/")
        language = translation.get_language_from_request(asked)  # type: ignore[arg-type]
        with translation.override(language):
            context = {"messages": list(self.server.gateway.messages), "is_paused": is_paused, "language": language}
            return render_to_string("notices/demo_phone.html", context).encode()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Nothing: what goes through here are people's phones and codes."""


class Server(ThreadingHTTPServer):
    """The stand-in on 127.0.0.1; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, *, port: int, key: str) -> None:
        self.gateway = Gateway(key)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


def _style() -> bytes:
    path = finders.find("css/demo-phone.css")
    with open(str(path), "rb") as file:
        return file.read()
