"""One HTTP request to the outside, with short waits and a short answer; redirects are not followed."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import SplitResult

from .failures import Unanswered

CONNECT_SECONDS, READ_SECONDS = 3, 5
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
        connection.request("POST", target, body, dict(headers))
        response = connection.getresponse()
        return Reply(response.status, response.headers.get("Pilotlight-Signature", ""), response.read(_ANSWER_BYTES))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unanswered from error
    finally:
        connection.close()


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
