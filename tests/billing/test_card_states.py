"""What a card says when it is read, and what is known of it before; that all say the same is in tests/desk/test_one_answer.py."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import Account, GasCard
from billing.devices.cards import CardPulled, PowerLost, decode, encode
from billing.devices.simulated import load_into_meter
from billing.models import SimulatedChip
from billing.operations import begin_write, finish_write, read_card, sell
from billing.operations.counter import drive, read_now
from billing.queries.card_states import card_state
from tests.factories.billing import image_of
from tests.factories.kiosks import DeviceKeyFactory

STEP = timedelta(minutes=1)


class Life:
    """Olive's card through its states; each step takes a minute."""

    def __init__(self, card, chip, reader, order_of, fang, now):
        self.card, self.chip, self.reader, self.order_of, self.by, self.at = card, chip, reader, order_of, fang.user, now

    def later(self):
        self.at += STEP
        return self.at

    def buys(self):
        self.order = sell(order=self.order_of(at=self.later(), key=str(self.at)), by=self.by, at=self.at)

    def writes(self, fault=""):
        write = begin_write(top_up=self.order, seen=self.reader.read(), by=self.by, at=self.later())
        SimulatedChip.objects.filter(pk=self.chip.pk).update(fault=fault)
        read_back, error = drive(self.reader, write.wanted_image)
        finish_write(write=write, read_back=read_back, error=error, by=self.by, at=self.later())

    def loads(self):
        load_into_meter(SimulatedChip.objects.get(pk=self.chip.pk))

    def shows(self, **changes):
        chip = SimulatedChip.objects.get(pk=self.chip.pk)
        chip.image = encode(replace(decode(chip.image), **changes))
        chip.save()

    def account_is(self, status, **why):
        Account.objects.filter(pk=self.card.account_id).update(status=status, **why)

    def card_is(self, status):
        GasCard.objects.filter(pk=self.card.pk).update(status=status, ended_at=self.at)


STATES = {
    "ready": lambda life: None,
    "unwritten": lambda life: life.buys(),
    "still_full": lambda life: (life.buys(), life.writes()),
    "ready again": lambda life: (life.buys(), life.writes(), life.loads()),
    "wrong_counter": lambda life: life.shows(counter=9),
    "account_frozen": lambda life: life.account_is(Account.Status.FROZEN, frozen_reason="debt"),
    "account_closed": lambda life: life.account_is(Account.Status.CLOSED, closed_at=life.at),
    "card_lost": lambda life: life.card_is(GasCard.Status.LOST),
    "card_replaced": lambda life: life.card_is(GasCard.Status.REPLACED),
    "card_returned": lambda life: life.card_is(GasCard.Status.RETURNED),
    "not_settled": lambda life: (life.buys(), life.writes("power_after"), life.shows(counter=9)),
    "unwritten after power was lost": lambda life: (life.buys(), life.writes("power_before")),
    "still_full after power was lost": lambda life: (life.buys(), life.writes("power_after")),
}


@pytest.fixture
def life(card, chip, reader, order_of, fang, now):
    return Life(card, chip, reader, order_of, fang, now)


@pytest.fixture
def kiosk_asks(client, hall):
    """What a machine in the hall says of a chip, over the wire."""
    from tests.api.kiosk_wire import Wire

    wire = Wire(client, DeviceKeyFactory(kiosk__hall=hall))
    return lambda content: wire.post("card-reads/", {"image": content})[1]["diagnosis"]


def known(card):
    """What the hotline's page and the cabinet show: both ask this."""
    return card_state(Account.objects.get(pk=card.account_id)).diagnosis


@pytest.mark.parametrize("fault", [PowerLost, CardPulled])
def test_who_was_told_of_a_fault_hears_no_other_word_elsewhere_before_the_card_is_read(life, fault):
    life.buys()
    life.writes({PowerLost: "power_after", CardPulled: "torn"}[fault])
    assert known(life.card) == fault.code


def test_a_write_nobody_heard_the_end_of_is_told_as_lost_power(life):
    life.buys()
    begin_write(top_up=life.order, seen=life.reader.read(), by=life.by, at=life.later())
    assert known(life.card) == "power_lost"


def test_before_the_next_read_the_card_is_as_the_last_write_left_it(life):
    life.buys()
    life.writes()
    assert known(life.card) == "still_full"


def test_one_that_was_never_seen_is_taken_for_what_our_records_say(card):
    assert known(card) == "ready"


def test_what_is_remembered_of_a_card_does_not_hold_its_password(card, fang, now):
    read_card(seen=image_of(card), by=fang.user, at=now)
    assert card.password
    assert card.password not in str(card.sighting.image)


@pytest.mark.parametrize(("content", "code"), [("", "empty"), ("00" * 40, "damaged")])
def test_a_card_nobody_can_read_is_the_same_in_hall_and_kiosk(kiosk_asks, chip, reader, fang, now, content, code):
    SimulatedChip.objects.filter(pk=chip.pk).update(image=content)
    hall = read_now(reader=reader, by=fang.user, at=now).diagnosis
    assert (kiosk_asks(content), hall) == (code, code)
