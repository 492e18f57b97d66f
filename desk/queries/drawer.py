"""The demo card drawer: simulated cards, what is on them, and which one lies on this counter's reader."""

from dataclasses import dataclass

from accounts.models import Counter
from billing.devices.cards import CardFault, CardImage, EmptyCard, decode
from billing.models import SimulatedChip


@dataclass(frozen=True)
class DemoCard:
    """A chip and what a reader would see on it, or why it would see nothing."""

    chip: SimulatedChip
    image: CardImage | None
    is_here: bool
    is_new: bool


def demo_cards(counter: Counter, *, most: int = 60) -> list[DemoCard]:
    """The one on this reader first, then as they came into the drawer: the ordinary one before the special cases."""
    chips = SimulatedChip.objects.order_by("pk")[:most]
    cards = [_seen(chip, counter) for chip in chips]
    return sorted(cards, key=lambda card: not card.is_here)


def _seen(chip: SimulatedChip, counter: Counter) -> DemoCard:
    is_here = chip.counter_id == counter.pk
    try:
        return DemoCard(chip, decode(chip.image), is_here, is_new=False)
    except CardFault as fault:
        return DemoCard(chip, None, is_here, is_new=isinstance(fault, EmptyCard))
