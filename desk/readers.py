"""Which driver speaks to the reader of a counter."""

from django.conf import settings

from accounts.models import Counter
from billing.devices.driver import CardReader
from billing.devices.simulated import SimulatedReader

SIMULATED = "simulated"
_DRIVERS: dict[str, type[SimulatedReader]] = {SIMULATED: SimulatedReader}


def reader_of(counter: Counter) -> CardReader:
    """The reader on this desk."""
    return _DRIVERS[settings.CARD_READER](counter)


def is_simulated() -> bool:
    """Whether demo cards can be laid on the readers."""
    return bool(settings.CARD_READER == SIMULATED)
