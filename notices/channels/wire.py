"""One HTTP request to the outside, with short waits and a short answer; redirects are not followed."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import SplitResult

from .failures import Unanswered

CONNECT_SECONDS, READ_SECONDS = 3, 5
#: For the whole answer: READ_SECONDS begin anew with every byte, and who sends one now and then would hold us for days.
ANSWER_SECONDS = 10.0
_ANSWER_BYTES = 64 * 1024


class Reply(NamedTuple):
    """What came back; ``signature`` is its Pilotlight-Signature."""

    status: int
    signature: str
    body: bytes


def post(parts: SplitResult, body: bytes, headers: Mapping[str, str], *, number: str = "") -> Reply:
    """POST to an address; to this ``number`` if it is given, though the name is still checked against the certificate.

    Raises Unanswered for everything that goes wrong on the way.
    """
    connection = _connection(parts, number)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.connect()
        connection.sock.settimeout(READ_SECONDS)
        with _ended_after(ANSWER_SECONDS, connection.sock):
            connection.request("POST", target, body, dict(headers))
            response = connection.getresponse()
            return Reply(response.status, response.headers.get("Pilotlight-Signature", ""), response.read(_ANSWER_BYTES))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unanswered from error
    finally:
        connection.close()


@contextmanager
def _ended_after(seconds: float, line: socket.socket) -> Iterator[None]:
    """Hang up when it takes longer: half an answer is none. Raises TimeoutError."""
    is_late = threading.Event()
    timer = threading.Timer(seconds, _hang_up, [line, is_late])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if is_late.is_set():
        raise TimeoutError


def _hang_up(line: socket.socket, is_late: threading.Event) -> None:
    is_late.set()
    with suppress(OSError):
        # The plain socket's: that of TLS would take the layer away under the reader.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _connection(parts: SplitResult, number: str) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        return _PinnedHTTPS(host, parts.port, number=number or host)
    return _PinnedHTTP(host, parts.port, number=number or host)


class _PinnedHTTP(http.client.HTTPConnection):
    """Connects to a number and speaks to a name."""

    def __init__(self, host: str, port: int | None, *, number: str) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self.number = number

    def connect(self) -> None:
        self.sock = socket.create_connection((self.number, self.port), CONNECT_SECONDS)


class _PinnedHTTPS(_PinnedHTTP):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
