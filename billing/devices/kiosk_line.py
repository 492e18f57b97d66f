"""A kiosk's side of the wire: real HTTP, each request signed with the machine's key, the clock set by the server when it is wrong."""

import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import signed_line

_OK = range(200, 300)


class NoLine(Exception):
    """Nobody answered: whether we were heard is unknown."""


class Refused(Exception):
    """The server understood, and said no; ``problem`` is its answer."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.problem = problem
        super().__init__(f"{problem.get('status')} {problem.get('code')}: {problem.get('detail')}")

    @property
    def code(self) -> str:
        return str(self.problem.get("code", ""))


@dataclass
class Line:
    """To one server, as one machine. ``clock`` gives seconds since 1970; ``off_ms`` is how wrong the machine's own clock is.

    For rehearsals: ``is_down`` cuts the line; of the paths in ``loses`` the next reply is lost on its way back, after the server acted.
    """

    address: str
    key: str
    secret: str
    clock: Callable[[], float]
    language: str = "en"
    off_ms: int = 0
    is_down: bool = False
    loses: set[str] | None = None

    def post(self, path: str, body: dict[str, Any], *, act: str = "") -> dict[str, Any]:
        """Ask, with ``act`` as the idempotency key where it is given. Sets the clock and asks again where it was wrong.

        Raises NoLine, Refused.
        """
        status, answer = self._once(path, body, act)
        if answer.get("code") == "clock_skew":
            self.off_ms += int(answer["server_time"]) - self._now()
            status, answer = self._once(path, body, act)
        if status not in _OK:
            raise Refused(answer)
        return answer

    def _now(self) -> int:
        return int(self.clock() * 1000) + self.off_ms

    def _once(self, path: str, body: dict[str, Any], act: str) -> tuple[int, dict[str, Any]]:
        if self.is_down:
            raise NoLine
        headers = {"Accept-Language": self.language} | ({"Idempotency-Key": act} if act else {})
        key, content = (self.key, self.secret), json.dumps(body).encode()
        try:
            status, words = signed_line.post(
                self.address, f"/api/v1/kiosk/{path}", content, key=key, timestamp=self._now(), headers=headers
            )
        except (OSError, http.client.HTTPException) as broken:
            raise NoLine from broken
        if self.loses and (lost := next((one for one in self.loses if one in path), None)):
            self.loses.discard(lost)
            raise NoLine
        try:
            answer: dict[str, Any] = json.loads(words)
        except ValueError as broken:
            # Whoever stands before a house that does not answer speaks in pages.
            raise NoLine from broken
        return status, answer
