"""The simulated reader: chips are rows, and every fault a real counter sees can be scripted."""

from dataclasses import replace

from django.conf import settings

from accounts.models import Counter

from ..models import SimulatedChip
from .cards import CardImage, CardPulled, EmptyCard, NoCard, PowerLost, WrongPassword, check_is_ours, decode, encode

Fault = SimulatedChip.Fault


class ChipReader:
    """Reads and writes the chip that lies on it, if any."""

    def read(self) -> CardImage:
        """See CardReader."""
        return self._content(self._chip())

    def write(self, image: CardImage) -> CardImage:
        """See CardReader. A scripted fault happens once."""
        chip = self._chip()
        fault, chip.fault = chip.fault, Fault.NONE
        if fault:
            chip.save(update_fields=["fault"])
        if fault == Fault.PULLED_BEFORE:
            raise NoCard
        if fault == Fault.POWER_BEFORE_WRITE:
            raise PowerLost
        self._check_password(chip, image)
        content = encode(replace(image, unlock=""))
        if fault == Fault.TORN:
            half = len(content) // 2
            content = content[:half] + chip.image[half:].ljust(half, "0")
        chip.image = content
        chip.save(update_fields=["image"])
        if fault == Fault.TORN:
            raise CardPulled
        if fault == Fault.POWER_BEFORE_READ_BACK:
            raise PowerLost
        return self._content(chip)

    @staticmethod
    def _content(chip: SimulatedChip) -> CardImage:
        image = decode(chip.image)
        check_is_ours(image, factory_code=settings.CARD_FACTORY_CODE, area_code=settings.CARD_AREA_CODE)
        return image

    def _lying(self) -> SimulatedChip | None:
        raise NotImplementedError

    def _chip(self) -> SimulatedChip:
        chip = self._lying()
        if chip is None:
            raise NoCard
        return chip

    @staticmethod
    def _check_password(chip: SimulatedChip, image: CardImage) -> None:
        try:
            held = decode(chip.image).password
        except EmptyCard:
            return
        if image.unlock != held:
            raise WrongPassword


class SimulatedReader(ChipReader):
    """The reader of one counter; on it lies the chip whose ``counter`` it is."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter

    def _lying(self) -> SimulatedChip | None:
        return SimulatedChip.objects.filter(counter=self.counter).first()


class SlotReader(ChipReader):
    """The slot of a machine, with the card of this label in it."""

    def __init__(self, label: str) -> None:
        self.label = label

    def content(self) -> str:
        """All that is on the chip, as hex, readable or not. Raises NoCard."""
        return self._chip().image

    def _lying(self) -> SimulatedChip | None:
        return SimulatedChip.objects.filter(label=self.label).first()


def load_into_meter(chip: SimulatedChip) -> CardImage:
    """What a meter does at home: take everything that is on the card."""
    image = replace(decode(chip.image), litres=0, money=0)
    chip.image = encode(image)
    chip.save(update_fields=["image"])
    return image
