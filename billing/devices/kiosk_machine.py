"""What runs in a self-service kiosk: reads the card, writes what is paid for, sells, acknowledges, and forgets nothing when the power goes.

Before the driver is asked to write, the machine notes on its disk which write it is about to do; what came of it stays there until
the server has answered. So after a power cut it knows that there is something it does not know, and says so.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from .cards import CardFault, decode, encode
from .driver import CardReader
from .kiosk_line import Line, NoLine, Refused

_PATIENCE = 3


class Slot(CardReader, Protocol):
    """A reader that also gives what it cannot make sense of."""

    def content(self) -> str:
        """The chip's raw content as hex. Raises NoCard."""
        ...


class PowerCut(Exception):
    """The machine has gone dark in the middle of what it did; a new one starts with the same memory."""


class Moment(StrEnum):
    """When the power can go."""

    BEFORE_WRITE = "before_write"
    DURING_WRITE = "during_write"
    AFTER_WRITE = "after_write"
    AFTER_SALE = "after_sale"


@dataclass
class Memory:
    """The machine's disk.

    ``begun`` is the write under way, ``sale`` the sale whose answer has not come, ``checkout`` the payment by phone that is not over,
    ``queue`` what waits to be said.
    """

    path: Path
    begun: int | None = None
    sale: dict[str, Any] | None = None
    checkout: str = ""
    queue: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def at(cls, path: Path) -> "Memory":
        """What is on the disk; empty for a new machine."""
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return cls(path, **kept)

    def keep(self) -> None:
        """Whole or not at all."""
        fresh = self.path.with_suffix(".new")
        kept = {"begun": self.begun, "sale": self.sale, "checkout": self.checkout, "queue": self.queue}
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(self.path)


@dataclass
class Machine:
    """One kiosk. ``show`` gets lines for its screen, ``cut`` says when the power goes (None: never)."""

    line: Line
    reader: Slot
    memory: Memory
    show: Callable[[str], None] = lambda _words: None
    cut: Moment | None = None

    def start(self) -> None:
        """After a power cut: say what is not known, ask again for what was not answered, and send what is still to be said."""
        if self.memory.begun is not None:
            self._end(self.memory.begun, {"fault": "power_lost"})
        if self.memory.sale is not None:
            self._finish_sale()
        if self.memory.checkout:
            # Whoever stood here has gone. What was paid all the same is on the card at the next read, here or elsewhere.
            self._ask_about_payment("cancel")
            self._remember_checkout("")
        self.flush()

    def beat(self, health: dict[str, str]) -> dict[str, Any]:
        """Say how the machine is. Raises NoLine, Refused."""
        return self.line.post("heartbeat/", health)

    def serve(self) -> str:
        """Somebody has put a card in: write what is paid for, or say what is wrong. The code of the diagnosis, or of the order's status."""
        self.flush()
        reading = self.line.post("card-reads/", {"image": self.reader.content()})
        self.show(reading["sentence"])
        order = next((one for one in reading["unwritten"] if one["can_be_written"]), None)
        if reading["diagnosis"] != "unwritten" or order is None:
            return str(reading["diagnosis"])
        body = {"image": self.reader.content()}
        return self._write(self._surely(f"orders/{order['reference']}/writes/", body, act=str(uuid.uuid4())))

    def sell(self, *, litres: int, inserted: int) -> str:
        """Somebody wants gas and has put cash in (minor units). Raises Refused: the money goes back."""
        self.flush()
        image = self.reader.content()
        quote = self.line.post("quotes/", {"image": image, "litres": litres})
        body = {"image": image, "litres": litres, "fingerprint": quote["fingerprint"], "inserted": inserted}
        self.memory.sale = {"act": str(uuid.uuid4()), "body": body}
        self.memory.keep()
        return self._finish_sale()

    def sell_by_phone(self, *, litres: int, provider: str, wait: Callable[[], bool]) -> str:
        """Somebody wants gas and pays by phone. ``wait`` passes a moment; False: the customer has had enough. Raises Refused, NoLine."""
        self.flush()
        image = self.reader.content()
        quote = self.line.post("quotes/", {"image": image, "litres": litres})
        body = {"image": image, "litres": litres, "fingerprint": quote["fingerprint"], "provider": provider}
        checkout = self._surely("checkouts/", body, act=str(uuid.uuid4()))
        self._remember_checkout(checkout["reference"])
        self.show(checkout["code"])
        while checkout["state"] == "waiting":
            if not wait():
                checkout = self._ask_about_payment("cancel")
                break
            with suppress(NoLine):
                checkout = self._ask_about_payment("state")
        self._remember_checkout("")
        self.show(checkout["sentence"])
        return self.serve() if checkout["state"] == "not_on_card" else str(checkout["state"])

    def _remember_checkout(self, reference: str) -> None:
        self.memory.checkout = reference
        self.memory.keep()

    def _ask_about_payment(self, act: str) -> dict[str, Any]:
        """How it stands, or stands once it is cancelled; what was paid in that moment is paid. Raises NoLine, Refused."""
        path = f"checkouts/{self.memory.checkout}"
        try:
            return self.line.post(f"{path}/{act}/", {})
        except Refused as no:
            if no.code != "paid_meanwhile":
                raise
            return self.line.post(f"{path}/state/", {})

    def flush(self) -> int:
        """Send what is still to be said, the oldest first, while there is a line; how much is left."""
        while self.memory.queue:
            told = self.memory.queue[0]
            try:
                answer = self.line.post(f"writes/{told['write']}/result/", told["body"], act=told["act"])
            except NoLine:
                break
            self._print(answer["slip"])
            self.memory.queue.pop(0)
            self.memory.keep()
        return len(self.memory.queue)

    def _finish_sale(self) -> str:
        sale = self.memory.sale
        assert sale is not None
        try:
            sold = self._surely("sales/", sale["body"], act=sale["act"])
        except Refused:
            self.memory.sale = None
            self.memory.keep()
            raise
        if self.cut is Moment.AFTER_SALE:
            raise PowerCut
        self.memory.sale = None
        self._print(sold["slip"])
        if sold["write"] is None:
            self.memory.keep()
            return str(sold["order"]["status"])
        return self._write(sold["write"])

    def _write(self, write: dict[str, Any]) -> str:
        self.memory.begun = write["id"]
        self.memory.keep()
        if self.cut is Moment.BEFORE_WRITE:
            raise PowerCut
        try:
            read_back = self.reader.write(decode(write["image"]))
        except CardFault as fault:
            if self.cut is Moment.DURING_WRITE:
                raise PowerCut from fault
            return self._end(write["id"], {"fault": fault.code})
        if self.cut is Moment.AFTER_WRITE:
            raise PowerCut
        return self._end(write["id"], {"image": encode(read_back)})

    def _end(self, write: int, body: dict[str, str]) -> str:
        """What came of a write, first on our own disk, then to the server."""
        self.memory.queue.append({"write": write, "act": str(uuid.uuid4()), "body": body})
        self.memory.begun = None
        self.memory.keep()
        if self.flush():
            self.show("No line: this will be said later.")
            return "not_said_yet"
        return "written" if "image" in body else body["fault"]

    def _surely(self, path: str, body: dict[str, Any], *, act: str) -> dict[str, Any]:
        """Once, however often a reply is lost on its way. Raises NoLine when nobody answers at all, Refused."""
        for _try in range(_PATIENCE - 1):
            try:
                return self.line.post(path, body, act=act)
            except NoLine:
                continue
        return self.line.post(path, body, act=act)

    def _print(self, slip: dict[str, Any]) -> None:
        for words in _lines(slip):
            self.show(words)


def _lines(slip: dict[str, Any]) -> Iterator[str]:
    yield f"=== {slip['title']} ==="
    yield from slip["lines"]
