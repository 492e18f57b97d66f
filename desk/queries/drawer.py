"""The demo card drawer: simulated cards, what is on them, and which one lies on this counter's reader."""

from dataclasses import dataclass

from accounts.models import Counter
from billing.devices.cards import CardFault, CardImage, decode
from billing.models import SimulatedChip


@dataclass(frozen=True)
class DemoCard:
    """A chip and what a reader would see on it, or why it would see nothing."""

    chip: SimulatedChip
    image: CardImage | None
    is_here: bool

    @property
    def is_new(self) -> bool:
        return not self.chip.image


def demo_cards(counter: Counter, *, most: int = 60) -> list[DemoCard]:
    """The one on this reader first, then by label."""
    chips = SimulatedChip.objects.order_by("label")[:most]
    cards = [DemoCard(chip, _image(chip), chip.counter_id == counter.pk) for chip in chips]
    return sorted(cards, key=lambda card: not card.is_here)


def _image(chip: SimulatedChip) -> CardImage | None:
    try:
        return decode(chip.image)
    except CardFault:
        return None
