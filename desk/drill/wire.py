"""Somebody with a device: signs in for a token and asks the API, as a program of somebody else's would."""

import http.client
import json
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from desk.city.sign_ins import SignIns, totp

_WAIT_SECONDS = 60
_TOO_MANY = 429
_PATIENCE = 5


class Refused(Exception):
    """The API said no; ``status`` and the problem's words."""

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        super().__init__(f"{status}: {words}")


class Device:
    """One person's device, with a connection of its own that is opened anew when it broke."""

    def __init__(self, address: str, username: str) -> None:
        self.username = username
        self._parts = urlsplit(address)
        self._token = ""
        self._line: http.client.HTTPConnection | None = None

    def sign_in(self, sign_ins: SignIns, moment: float) -> "Device":
        """With password and the second factor of this moment (real time), for a day's token. Raises Refused."""
        code, _seconds = totp(sign_ins.secrets[self.username], moment)
        asked = {"username": self.username, "password": sign_ins.password, "code": code, "device": "drill", "hours": 24}
        self._token = self.post("tokens/", asked)["token"]
        return self

    def hang_up(self) -> None:
        """Close the connection; the next question opens another."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def get(self, path: str) -> Any:
        """What stands there. Raises Refused."""
        return self._ask("GET", path, None, "")

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Do something, once, however often the line breaks. Raises Refused."""
        return self._ask("POST", path, body, str(uuid.uuid4()))

    def _ask(self, method: str, path: str, body: Any, key: str) -> Any:
        headers = {"Content-Type": "application/json", "Accept-Language": "en"}
        headers |= {"Authorization": f"Bearer {self._token}"} if self._token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        content = json.dumps(body) if body is not None else None
        for left in reversed(range(_PATIENCE)):
            status, answer, wait = self._try(lambda: self._once(method, path, content, headers))
            if status and status != _TOO_MANY:
                break
            if not left:
                raise Refused(status, "no answer" if not status else "too many requests")
            time.sleep(wait)
        found = json.loads(answer) if answer else {}
        if status >= http.client.MULTIPLE_CHOICES:
            raise Refused(status, str(found.get("detail", "")))
        return found

    def _try(self, once: Callable[[], http.client.HTTPResponse]) -> tuple[int, bytes, float]:
        """Status, content, and how long to wait before another try; 0 where nobody answered."""
        try:
            response = once()
            return response.status, response.read(), float(response.headers.get("Retry-After", 1))
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return 0, b"", 1.0

    def _once(self, method: str, path: str, content: str | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        if self._line is None:
            kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
            self._line = kind(self._parts.hostname or "", self._parts.port, timeout=_WAIT_SECONDS)
        self._line.request(method, f"/api/v1/{path}", content, headers)
        return self._line.getresponse()
