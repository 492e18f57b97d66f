"""What Pilotlight asks of a card reader, whatever the maker."""

from typing import Protocol

from .cards import CardImage


class CardReader(Protocol):
    """A reader on a counter. Every call may raise a CardFault."""

    def read(self) -> CardImage:
        """The card on the reader. Raises NoCard, EmptyCard, DamagedCard, ForeignCard, ToolCard, PowerLost."""
        ...

    def write(self, image: CardImage) -> CardImage:
        """Write the card and read it back. Raises NoCard, WrongPassword, CardPulled, DamagedCard, PowerLost."""
        ...
