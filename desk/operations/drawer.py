"""What hands do with demo cards: lay one on the reader, take it off, carry it home to the meter, and what goes wrong."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Counter
from billing.devices import simulated
from billing.models import SimulatedChip


@transaction.atomic
def lay(*, chip: SimulatedChip, counter: Counter) -> None:
    """Put this card on the counter's reader; the one that lay there goes back into the drawer."""
    SimulatedChip.objects.filter(counter=counter).update(counter=None)
    SimulatedChip.objects.filter(pk=chip.pk).update(counter=counter)


def new_chip() -> SimulatedChip:
    """A blank card out of the box, for a first card or a replacement."""
    number = SimulatedChip.objects.filter(image="").count() + SimulatedChip.objects.count() + 1
    return SimulatedChip.objects.create(label=_("New card %(number)d") % {"number": number}, image="")


def take_off(*, chip: SimulatedChip) -> None:
    """Back into the drawer."""
    SimulatedChip.objects.filter(pk=chip.pk).update(counter=None)


def script_fault(*, chip: SimulatedChip, fault: str) -> None:
    """What goes wrong at the next write of this card, once."""
    SimulatedChip.objects.filter(pk=chip.pk).update(fault=SimulatedChip.Fault(fault))


def carry_home(*, chip: SimulatedChip) -> None:
    """Put it into its meter, which takes all that is on it. Raises CardFault for a card no meter reads."""
    simulated.load_into_meter(chip)
