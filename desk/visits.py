"""What the counter remembers between two pages about the customer in front of it, in the clerk's session.

Numbers only, no personal data: which card was read and how it stood, which papers were seen, the queue number.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django.contrib.sessions.backends.base import SessionBase

_KEY = "counter_visit"


@dataclass(frozen=True)
class Visit:
    """One customer's stay at the counter. ``litres`` is what the card still carried when read."""

    account: str = ""
    card: str = ""
    litres: int | None = None
    queue_number: str = ""
    papers_seen: bool = False

    @classmethod
    def of(cls, session: SessionBase, account: str) -> Self:
        """The stay of this account's customer; a new one if somebody else was here before."""
        kept: dict[str, Any] = session.get(_KEY, {})
        return cls(**kept) if kept.get("account") == account else cls(account=account)

    def with_card(self, number: str, litres: int) -> Self:
        """The card was read, and still carried so much."""
        return replace(self, card=number, litres=litres)

    def with_papers(self, queue_number: str) -> Self:
        """The papers of a government hall were seen."""
        return replace(self, papers_seen=True, queue_number=queue_number)

    def keep(self, session: SessionBase) -> None:
        """Remember it for the next page."""
        session[_KEY] = asdict(self)


def forget(session: SessionBase) -> None:
    """The customer has gone."""
    session.pop(_KEY, None)
