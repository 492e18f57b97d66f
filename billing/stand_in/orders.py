"""What the stand-in knows: the orders it was asked to collect, what was paid for them and what went back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Literal

type Way = Literal["wechat", "alipay"]


class AlreadyPaid(Exception):
    pass


@dataclass
class Order:
    """One order. ``amount`` is what was asked for, ``paid`` what somebody paid, in minor units; ``refunds`` by their own number."""

    way: Way
    reference: str
    amount: int
    subject: str
    notice_url: str
    return_url: str = ""
    state: Literal["open", "paid", "closed"] = "open"
    transaction: str = ""
    paid: int = 0
    paid_at: datetime | None = None
    refunds: dict[str, int] = field(default_factory=dict)
    returned_at: dict[str, datetime] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    @property
    def page(self) -> str:
        """Where somebody pays it by hand."""
        return f"/scan/{self.reference}"

    @property
    def returned(self) -> int:
        return sum(self.refunds.values())


class Orders:
    """All methods may be called by several threads."""

    def __init__(self) -> None:
        self._orders: dict[str, Order] = {}
        self._lock = threading.RLock()
        self._numbers = count(1)
        #: For as long as this is set, nobody gets an answer.
        self.is_down = False

    def __iter__(self) -> Iterator[Order]:
        with self._lock:
            return iter(list(self._orders.values())[::-1])

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else looks or changes meanwhile."""
        with self._lock:
            yield

    def find(self, reference: str) -> Order | None:
        with self._lock:
            return self._orders.get(reference)

    def by_transaction(self, transaction: str) -> Order | None:
        with self._lock:
            return next((order for order in self._orders.values() if order.transaction == transaction), None)

    def by_refund(self, reference: str) -> Order | None:
        with self._lock:
            return next((order for order in self._orders.values() if reference in order.refunds), None)

    def open(self, order: Order) -> Order:
        """Keep an order; one that was kept before stays as it is."""
        with self._lock:
            return self._orders.setdefault(order.reference, order)

    def pay(self, order: Order, amount: int) -> None:
        """Raises AlreadyPaid."""
        with self._lock:
            if order.state != "open":
                raise AlreadyPaid
            order.state, order.paid, order.paid_at = "paid", amount, datetime.now(UTC)
            order.transaction = f"42000{order.paid_at:%Y%m%d%H%M%S%f}{next(self._numbers):03d}"

    def close(self, order: Order) -> bool:
        """False where it was paid."""
        with self._lock:
            if order.state == "open":
                order.state = "closed"
            return order.state == "closed"

    def refund(self, order: Order, reference: str, amount: int) -> bool:
        """Whether so much could go back; a number that was seen before gives nothing back again."""
        with self._lock:
            if order.state == "paid" and reference not in order.refunds and order.returned + amount <= order.paid:
                order.refunds[reference] = amount
                order.returned_at[reference] = datetime.now(UTC)
            return order.refunds.get(reference) == amount
