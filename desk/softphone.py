"""A telephone exchange for rehearsals: real HTTP, one agent's token, calls that go as they go in life."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

#: Name of a script -> what happens, each so many seconds after the one before.
SCRIPTS: dict[str, list[tuple[int, dict[str, Any]]]] = {
    "question": [(0, {"event": "ringing"}), (6, {"event": "answered"}), (90, {"event": "ended"})],
    "hold": [
        (0, {"event": "ringing"}),
        (9, {"event": "answered"}),
        (40, {"event": "held", "is_agreed": True}),
        (25, {"event": "resumed"}),
        (30, {"event": "ended"}),
    ],
    "rude-hold": [
        (0, {"event": "ringing"}),
        (4, {"event": "answered"}),
        (10, {"event": "held"}),
        (60, {"event": "resumed"}),
        (5, {"event": "ended"}),
    ],
    "late": [(0, {"event": "ringing"}), (31, {"event": "answered"}), (60, {"event": "ended"})],
    "given-up": [(0, {"event": "ringing"}), (22, {"event": "ended"})],
    "told-twice": [
        (0, {"event": "ringing"}),
        (0, {"event": "ringing"}),
        (5, {"event": "answered"}),
        (0, {"event": "answered"}),
        (20, {"event": "ended"}),
        (0, {"event": "ended"}),
    ],
    "ringing-lost": [(0, {"event": "answered"}), (45, {"event": "ended"})],
}


class Refused(Exception):
    """The system answered with a problem."""


@dataclass(frozen=True)
class Exchange:
    """Tells one system of its calls. ``token`` is an agent's (docs/integrate.md), ``agent`` their staff number."""

    address: str
    token: str
    line: str
    agent: str

    def tell(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Ask. Raises Refused, OSError."""
        request = urllib.request.Request(  # noqa: S310 - the operator's own address
            f"{self.address.rstrip('/')}/api/v1/hotline/{path}",
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                found: dict[str, Any] = json.load(answer)
                return found
        except urllib.error.HTTPError as problem:
            raise Refused(problem.read().decode(errors="replace")) from problem

    def beat(self, *, is_reachable: bool = True) -> dict[str, Any]:
        """Say that the number can be rung, or cannot."""
        return self.tell("lines/", {"line": self.line, "is_reachable": is_reachable})

    def play(self, script: str, *, call: str, caller: str, start: datetime) -> Iterator[tuple[int, dict[str, Any]]]:
        """One call as its script goes: seconds to wait before each word, and what the system made of it."""
        when = start
        for seconds, word in SCRIPTS[script]:
            when += timedelta(seconds=seconds)
            known = {"agent": self.agent} if word["event"] == "answered" else {}
            body = {**word, **known, "call": call, "line": self.line, "caller": caller, "at": when.isoformat()}
            yield seconds, body
