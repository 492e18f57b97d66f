"""The gateway of the connected meters as an HTTP client: it signs, and loses or repeats what it is told to."""

import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from . import signed_line
from .connected import SimulatedMeter

VISIT, DONE = "/api/v1/meter-gateway/connections/", "/api/v1/meter-gateway/done/"


class Refused(Exception):
    """The company answered, but not what was asked for."""


@dataclass
class Network:
    """How bad it is: shares of replies that get lost, and of requests that arrive twice; seconds by which its clock is off."""

    lost: float = 0.0
    repeated: float = 0.0
    clock_off: float = 0.0
    luck: Random = field(default_factory=lambda: Random(1))  # noqa: S311 - a rehearsal


@dataclass
class Gateway:
    """Talks to the company at ``url`` with a device key. Signatures are on real time, whatever business time is: ``now`` in seconds."""

    url: str
    key: str
    secret: str
    network: Network = field(default_factory=Network)
    now: Callable[[], float] = time.time

    def visit(self, meter: SimulatedMeter) -> bool:
        """Let a meter connect, and confirm what it carried out; False where an answer got lost on the way."""
        answer = self._ask(VISIT, meter.report())
        if answer is None:
            return False
        heard = [self._ask(DONE, {"meter": meter.serial, "number": number}) for number in meter.hear(answer)]
        return None not in heard

    def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """The answer, or None where it got lost. Raises Refused."""
        network = self.network
        answer = self._send(path, body)
        if network.luck.random() < network.repeated:
            answer = self._send(path, body)
        return None if network.luck.random() < network.lost else answer

    def _send(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        status, answer = self._post(path, json.dumps(body).encode())
        if status == http.client.UNAUTHORIZED and answer.get("code") == "clock_skew":
            # Its clock is wrong: set it by ours and ask again, as every gateway must.
            self.network.clock_off = answer["server_time"] / 1000 - self.now()
            status, answer = self._post(path, json.dumps(body).encode())
        if status != http.client.OK:
            raise Refused(status, answer)
        return answer

    def _post(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        now = int((self.now() + self.network.clock_off) * 1000)
        status, answer = signed_line.post(self.url, path, body, key=(self.key, self.secret), timestamp=now)
        return status, json.loads(answer or b"{}")
