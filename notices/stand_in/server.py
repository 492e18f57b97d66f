"""The stand-in over HTTP. Speaks docs/sms-gateway.md on POST / (text messages) and POST /voice (calls), is a webhook's subscriber
on POST /events, shows the last messages on GET / (and as JSON on /messages.json), and makes trouble on request: POST /faults with
``{"fail": 2, "lose": 1, "delay": 0.5}`` fails the next two, then takes one and loses the reply. POST /secrets with
``{"secret": "whsec_…"}`` tells it a webhook's secret. POST /say, as JSON or from the form on the page, is somebody who writes to us:
``{"from": "+8613800138000", "text": "3713240010 345"}``.
"""

import http.client
import json
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from .. import signing
from .gateway import Gateway
from .reports import Reporter

_LONGEST_BODY = 64 * 1024
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


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
        gateway = self.server.gateway
        if self.path == "/faults":
            self._obey(gateway.script, body)
        elif self.path == "/secrets":
            self._obey(gateway.trust, body)
        elif self.path == "/say":
            self._say(body)
        elif self.path == "/events":
            self._hear(body)
        else:
            self._take("voice" if self.path == "/voice" else "sms", body)

    def _obey(self, order: Callable[[bytes], None], body: bytes) -> None:
        try:
            order(body)
        except (ValueError, TypeError, KeyError):
            self._answer(HTTPStatus.BAD_REQUEST, "text/plain", b"")
        else:
            self._answer(HTTPStatus.NO_CONTENT, "text/plain", b"")

    def _say(self, body: bytes) -> None:
        """Hand on what somebody wrote, and show the page again: the answer comes to the same phone."""
        is_form = self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
        reporter = self.server.gateway.reporter
        try:
            given = dict(parse_qsl(body.decode())) if is_form else json.loads(body)
            sender, text = str(given["from"]), str(given["text"])
            status = reporter.hand_on(sender, text) if reporter else HTTPStatus.SERVICE_UNAVAILABLE
        except (ValueError, TypeError, KeyError):
            status = HTTPStatus.BAD_REQUEST
        except (OSError, http.client.HTTPException):
            status = HTTPStatus.BAD_GATEWAY
        if is_form and status == HTTPStatus.NO_CONTENT:
            self._answer(HTTPStatus.SEE_OTHER, "text/plain", b"", {"Location": "/"})
        else:
            self._answer(HTTPStatus(status), "text/plain", b"")

    def _hear(self, body: bytes) -> None:
        gateway = self.server.gateway
        time.sleep(gateway.delay)
        if gateway.spend("fail"):
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, "text/plain", b"")
        elif gateway.spend("gone"):
            self._answer(HTTPStatus.GONE, "text/plain", b"")
        else:
            status = gateway.take_event(self.headers, body)
            if gateway.spend("lose"):
                self.close_connection = True
                return
            self._answer(status, "text/plain", b"")

    def _take(self, way: str, body: bytes) -> None:
        gateway = self.server.gateway
        refused = gateway.refusal(self.headers, body)
        if refused:
            self._answer(refused, "application/json", b"{}")
            return
        time.sleep(gateway.delay)
        if gateway.spend("fail"):
            self._sign(HTTPStatus.SERVICE_UNAVAILABLE, b"{}")
            return
        status, message_id = gateway.take(way, self.headers.get("Idempotency-Key", ""), body)
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
            gateway = self.server.gateway
            context = {"messages": list(gateway.messages), "is_paused": is_paused, "may_write": gateway.reporter, "language": language}
            return render_to_string("notices/demo_phone.html", context).encode()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Nothing: what goes through here are people's phones and codes."""


class Server(ThreadingHTTPServer):
    """The stand-in on 127.0.0.1; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, *, port: int, key: str, reports_to: str = "") -> None:
        self.gateway = Gateway(key, reporter=Reporter(reports_to, key) if reports_to else None)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


def _style() -> bytes:
    path = finders.find("css/demo-phone.css")
    with open(str(path), "rb") as file:
        return file.read()
