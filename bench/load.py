"""A number of clients that do the same thing over and over for some seconds, and how often they managed."""

import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class WrongAnswer(Exception):
    """The server refused; a benchmark of refusals is worth nothing."""


@dataclass(frozen=True)
class Measured:
    """Rounds a second over all clients, and the median round in milliseconds."""

    per_second: float
    median_ms: float


class Caller:
    """One client with its kept-alive connection."""

    def __init__(self, port: int, token: str = "", scheme: str = "Bearer") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Content-Type": "application/json", **({"Authorization": f"{scheme} {token}"} if token else {})}

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Any:
        """The decoded answer. Raises WrongAnswer unless it is a success."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request("POST", path, json.dumps(body), {**self._headers, **named})
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise WrongAnswer(answer.status, content[:500])
        return json.loads(content)


def measure(act: Callable[[int], None], *, clients: int, seconds: float) -> Measured:
    """``act(client)`` is one round of one client; a failure stops everything."""
    rounds: list[float] = []
    failures: list[BaseException] = []
    end = time.perf_counter() + seconds

    def work(client: int) -> None:
        try:
            while time.perf_counter() < end and not failures:
                began = time.perf_counter()
                act(client)
                rounds.append(time.perf_counter() - began)
        except BaseException as failure:  # noqa: BLE001 - handed on below
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(client,)) for client in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return Measured(len(rounds) / (time.perf_counter() - began), statistics.median(rounds) * 1000)
