"""What the counter remembers between two pages about the customer in front of it, in the clerk's session.

Numbers only, no personal data: which card was read and how it stood, which papers were seen, the queue number.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.sessions.backends.base import SessionBase

from accounts.clock import in_business_time
from billing.devices.cards import CardImage

_KEY = "counter_visit"
#: Of real time: enough to fill in a form, not to go home to the meter and back.
READ_HOLDS = timedelta(minutes=10)


@dataclass(frozen=True)
class Visit:
    """One customer's stay at the counter. ``litres`` is what the card still carried when read, ``image`` all that was on it."""

    account: str = ""
    card: str = ""
    litres: int | None = None
    image: dict[str, Any] | None = None
    queue_number: str = ""
    papers_seen: bool = False
    read_at: str = ""

    @classmethod
    def of(cls, session: SessionBase, account: str) -> Self:
        """The stay of this account's customer; a new one if somebody else was here before."""
        kept: dict[str, Any] = session.get(_KEY, {})
        return cls(**kept) if kept.get("account") == account else cls(account=account)

    def with_card(self, image: CardImage, *, at: datetime) -> Self:
        """The card was read. Its password stays out of the session: nobody needs it again."""
        kept = replace(image, password="", unlock="").as_json()
        return replace(self, card=image.card_number, litres=image.litres, image=kept, read_at=at.isoformat())

    def without_card(self) -> Self:
        """The card has changed since: what was read of it no longer holds."""
        return replace(self, card="", litres=None, image=None, read_at="")

    def seen(self, *, at: datetime) -> CardImage | None:
        """The card as it was read, while that holds: an hour later its meter may have taken what was on it."""
        if self.image is None or at - datetime.fromisoformat(self.read_at) > in_business_time(READ_HOLDS):
            return None
        return CardImage.from_json(self.image)

    def with_papers(self, queue_number: str) -> Self:
        """The papers of a government hall were seen."""
        return replace(self, papers_seen=True, queue_number=queue_number)

    def keep(self, session: SessionBase) -> None:
        """Remember it for the next page."""
        session[_KEY] = asdict(self)


def forget(session: SessionBase) -> None:
    """The customer has gone."""
    session.pop(_KEY, None)
