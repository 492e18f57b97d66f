"""Callbacks as the providers send them: on threads of their own, again when they were not taken, and wrong in every way that happens."""

import http.client
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

#: Pauses before a callback that was not taken is sent again, in seconds. The real ones go on for a day.
_PAUSES = (1.0, 5.0, 15.0)
_TIMEOUT = 10


@dataclass
class Callbacks:
    """``answers`` are the statuses we heard, in order; ``pauses`` may be shortened by tests."""

    pauses: tuple[float, ...] = _PAUSES
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def send(self, url: str, headers: Mapping[str, str], body: bytes, *, after: float = 0.0, times: int = 1) -> None:
        """Send one callback so many times at once, after so many seconds."""
        for _ in range(times):
            thread = threading.Thread(target=self._send, args=(url, dict(headers), body, after), daemon=True)
            self.threads.append(thread)
            thread.start()

    def wait(self, seconds: float = 20) -> None:
        """Until all that were sent are answered."""
        for thread in list(self.threads):
            thread.join(seconds)

    def _send(self, url: str, headers: dict[str, str], body: bytes, after: float) -> None:
        for pause in (after, *self.pauses):
            time.sleep(pause)
            with suppress(OSError, http.client.HTTPException):
                status, said = _post(url, headers, body)
                self.answers.append((status, said))
                if status in {http.HTTPStatus.OK, http.HTTPStatus.NO_CONTENT}:
                    return


def _post(url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT)
    try:
        connection.request("POST", parts.path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read(1000)
    finally:
        connection.close()
