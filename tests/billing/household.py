"""What surrounds one household in the sagas: a provider that can be trusted, a card meter on the wall, the chips that were ever made."""

from billing.devices.cards import CardFault, decode
from billing.devices.simulated import load_into_meter
from billing.models import CardWrite, SimulatedChip
from billing.providers.protocol import Closed, Heard, RefundState, Shown
from billing.states import TopUpStatus


class Dream:
    """A provider in memory, as honest as the stand-in and much faster: what was paid is paid, what went back went back once."""

    def __init__(self):
        self.paid, self.closed, self.back, self.is_down = {}, set(), {}, False

    def open(self, order):
        return Shown(code="https://pay.test/")

    def pay(self, checkout, at, missing=0):
        """Nothing where it is closed. A second payment is another transaction; of a wrong one something is missing."""
        if checkout.reference in self.closed:
            return
        heard = self.paid.setdefault(checkout.reference, [])
        facts = {"order_number": checkout.reference, "amount": checkout.amount - missing, "currency": "CNY", "paid_at": at}
        heard.append(Heard(transaction=f"{checkout.reference}-{len(heard)}", **facts))

    def ask(self, reference):
        return self.paid[reference][0] if reference in self.paid else Closed() if reference in self.closed else None

    def close(self, reference):
        if reference not in self.paid:
            self.closed.add(reference)
        return reference not in self.paid

    def refund(self, back):
        self.back.setdefault(back.reference, back.amount)
        return RefundState.DONE

    def ask_refund(self, back):
        return RefundState.DONE if back.reference in self.back else RefundState.UNKNOWN


class Drawer:
    """The card in use as a chip, the meter that takes what is on it, and how much gas went which way (litres).

    ``taken`` is what meters took, ``gone`` what was on chips that were lost or broken, ``moved`` what a chip still carried when the
    meter was changed. The meter takes an order only where the counter is further than its own.
    """

    def __init__(self, counter, chip):
        self.place, self.chip = counter, chip
        self.shown = self.taken = self.gone = self.moved = 0
        self.lost = []

    def image(self):
        """What is on the chip; None where there is none, or nobody can read it."""
        try:
            return decode(self._row().get().image) if self.chip else None
        except CardFault:
            return None

    def litres(self):
        image = self.image()
        return image.litres if image else 0

    def load(self):
        """At home."""
        image = self.image()
        if image is None or image.is_loaded:
            return
        assert image.counter > self.shown, "the meter refuses what is on the card"
        self.shown, self.taken = image.counter, self.taken + image.litres
        load_into_meter(self._row().get())

    def script(self, fault):
        if self.chip:
            self._row().update(fault=fault)

    def take_away(self):
        """The chip goes; what was on it."""
        image = self.image()
        if self.chip:
            self._row().update(counter=None)
        self.chip = None
        return image

    def lose(self):
        """The chip goes, and nobody sees it again. Whether its gas was the customer's turns out when the next card is made."""
        self.lost += [image for image in [self.take_away()] if image and not image.is_loaded]

    def count_lost(self):
        """What was on lost chips is gone where it was known to be written; else it is owed still, and the meter refuses those chips."""
        for image in self.lost:
            write = CardWrite.objects.select_related("top_up").get(wanted__password=image.password)
            if write.top_up is None:  # what a new card was to carry is handed on where it is said not to have been made
                is_known = write.outcome != CardWrite.Outcome.NOT_WRITTEN
            else:
                is_known = write.top_up.status == TopUpStatus.WRITTEN
            self.gone += image.litres if is_known else 0
        self.lost = []

    def lay_down(self, card, fault):
        """A new chip, to become this card."""
        self.chip = SimulatedChip.objects.create(label=card.number, image="", counter=self.place, fault=fault)

    def _row(self):
        return SimulatedChip.objects.filter(pk=self.chip.pk)
