"""What every provider of payments does for us, in our words. It knows no database; no call may be made inside a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol


class ProviderFault(Exception):
    """Something went wrong between a provider and us."""


class ProviderDown(ProviderFault):
    """No answer, or none that can be believed: ask again later."""


class ProviderRefused(ProviderFault):
    """The provider understood and said no: asking again will not help. ``code`` is its own word for it."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class NotBelieved(ProviderFault):
    """A callback that is not taken. ``code`` goes into the answer and the log: nothing else of it may."""

    code = "not_believed"


class BadSignature(NotBelieved):
    code = "bad_signature"


class StaleCallback(NotBelieved):
    """Signed too long ago, or in the future: somebody may be repeating it."""

    code = "stale"


class UnknownSerial(NotBelieved):
    """Signed with a key that is none of ours to check with."""

    code = "unknown_serial"


class NotForUs(NotBelieved):
    """Genuine, but about another merchant or app."""

    code = "not_for_us"


class Unreadable(NotBelieved):
    code = "unreadable"


class RefundState(StrEnum):
    """What a provider says of money on its way back."""

    UNDER_WAY = "under_way"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"  # the provider has never heard of it


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a provider is to collect. ``amount`` in minor units; ``expires_at`` in real time; ``payer`` is known in an app only."""

    reference: str
    amount: int
    subject: str
    product: str
    expires_at: datetime
    payer: str = ""
    return_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Money that came in, as a provider tells it: its own transaction, our order number, minor units, in real time."""

    transaction: str
    order_number: str
    amount: int
    currency: str
    paid_at: datetime


@dataclass(frozen=True)
class Closed:
    """Nothing was paid for the order, and nothing can be any more."""


@dataclass(frozen=True, kw_only=True)
class MoneyBack:
    """What is to go back of a payment: ``total`` is all that was paid; a ``reference`` sent twice gives back once."""

    reference: str
    transaction: str
    order_number: str
    amount: int
    total: int


@dataclass(frozen=True, kw_only=True)
class RefundHeard:
    """What became of a refund of ours."""

    reference: str
    state: RefundState


@dataclass(frozen=True, kw_only=True)
class Callback:
    """A callback that was verified and decrypted: its number at the provider, and what it tells (perhaps nothing of interest)."""

    number: str
    paid: Heard | None = None
    refund: RefundHeard | None = None


@dataclass(frozen=True)
class Shown:
    """What the customer needs to pay: ``code`` to scan, ``url`` to follow, ``app`` the parameters for the app, ``to`` the account."""

    code: str = ""
    url: str = ""
    app: Mapping[str, str] = field(default_factory=dict)
    to: str = ""

    def as_json(self) -> dict[str, Any]:
        """Only what there is."""
        return {name: value for name, value in vars(self).items() if value}


class Provider(Protocol):
    """Raises ProviderDown and ProviderRefused from all that goes over the network."""

    def open(self, order: Order) -> Shown:
        """Ask for an order to be collected; the same reference again is harmless."""
        ...

    def ask(self, reference: str) -> Heard | Closed | None:
        """Whether an order was paid; None while it still can be."""
        ...

    def close(self, reference: str) -> bool:
        """Stop an order from being paid; False where it was paid before."""
        ...

    def refund(self, back: MoneyBack) -> RefundState:
        """Send money back the way it came."""
        ...

    def ask_refund(self, back: MoneyBack) -> RefundState:
        """What became of it."""
        ...

    def statement(self, day: date) -> bytes | None:
        """Its bill of a day of its own that is over, as a file (billing.reconciliation reads it); None where nothing happened.

        Raises ProviderDown too while the bill is not made yet, and where the file is not the one that was announced.
        """
        ...

    def hear(self, headers: Mapping[str, str], body: bytes, *, now: float) -> Callback:
        """Verify and decrypt a callback, at the real moment ``now`` (seconds). Raises NotBelieved."""
        ...
