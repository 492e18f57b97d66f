"""A kiosk against the running server: whatever happens to it, the customer gets the gas once, and the next read anywhere settles it."""

import json
import time
from datetime import timedelta
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.clock import business_now
from accounts.models import Account
from billing.devices.cards import decode
from billing.devices.kiosk_line import Line, Refused
from billing.devices.kiosk_machine import Machine, Memory, PowerCut
from billing.devices.simulated import SimulatedReader, SlotReader
from billing.management.commands import kiosk_simulator
from billing.management.commands.kiosk_simulator import Command
from billing.models import Posting, SimulatedChip, TopUp
from billing.operations import begin_write, finish_write, questions, replace_card, sell
from billing.operations.card_life import finish_card
from billing.operations.counter import drive, read_now
from billing.queries.ledger_proof import prove
from billing.stand_in import How
from casework.models import Case
from casework.operations import drain
from tests.factories.kiosks import SECRET, DeviceKeyFactory
from tests.pay_stand_in import pay_there, serving

pytestmark = pytest.mark.django_db(transaction=True)
FAULTS = ["none", "power-before", "power-after", "pulled-before", "lost-begin", "lost-reply", "wrong-clock", "offline"]


@pytest.fixture
def key(hall):
    return DeviceKeyFactory(kiosk__hall=hall, kiosk__sells=True, kiosk__cash_ceiling=100_000, kiosk__cash_box="good")


@pytest.fixture
def machine(live_server, key, tmp_path, chip):
    """Make the machine as the command does, about to meet a fault; made anew it remembers what was on its disk."""
    options = {"address": live_server.url, "keys": tmp_path / "kiosks.json", "card": chip.label, "language": "en"}
    return lambda fault="none": Command().machine([key.handle, SECRET], {**options, "fault": fault})


def went_dark(act):
    """What a machine that may lose power came to."""
    try:
        return act()
    except PowerCut:
        return "dark"


def wrong_books():
    return [finding.wrong for finding in prove() if not finding.is_right]


def delivered():
    return Posting.objects.filter(kind=Posting.Kind.DELIVERY).count()


@pytest.fixture
def hall_writes(reader, fang, now):
    """At the counter: read the card, which settles what it can, and write what is then still to be written."""

    def act():
        reading = read_now(reader=reader, by=fang.user, at=now)
        for top_up in reading.unwritten:
            if top_up.can_be_written:
                write = begin_write(top_up=top_up, seen=reader.read(), by=fang.user, at=now)
                read_back, error = drive(reader, write.wanted_image)
                finish_write(write=write, read_back=read_back, error=error, by=fang.user, at=now)

    return act


def once_and_for_all(chip, litres=20_000):
    """One credit: on the card, in the books, in the journal."""
    chip.refresh_from_db()
    image = decode(chip.image)
    assert (TopUp.objects.get().status, delivered(), wrong_books()) == ("written", 1, [])
    assert (image.cumulative_litres, image.counter) == (litres, 1)


@pytest.mark.parametrize("where", ["in the hall", "at the kiosk"])
@pytest.mark.parametrize("fault", FAULTS)
def test_what_was_paid_reaches_the_card_once(machine, chip, order_of, fang, now, hall_writes, fault, where):
    sell(order=order_of(), by=fang.user, at=now)
    went_dark(machine(fault).serve)
    if where == "in the hall":
        hall_writes()
    again = machine()
    again.start()
    again.serve()
    again.flush()
    drain(business_now())
    once_and_for_all(chip)
    assert again.memory.queue == []
    # A clerk who has written the card has the case before them; nobody else knows that it is settled.
    assert where == "in the hall" or not Case.objects.exclude(status="answered").exists()


def test_a_card_torn_by_a_power_cut_is_replaced_in_the_hall_and_gets_its_gas_there(machine, chip, order_of, fang, card, now):
    top_up = sell(order=order_of(), by=fang.user, at=now)
    assert went_dark(machine("power-during").serve) == "dark"
    again = machine()
    again.start()
    assert again.serve() == "damaged"
    assert Case.objects.get().matter == f"kiosk_write.{top_up.reference}"
    write = replace_card(card=card, reason="torn", meter_counter=0, by=fang.user, at=now)
    finish_card(write=write, read_back=write.wanted_image, by=fang.user, at=now)
    top_up.refresh_from_db()
    write = begin_write(top_up=TopUp.objects.get(), seen=write.wanted_image, by=fang.user, at=now)
    finish_write(write=write, read_back=write.wanted_image, by=fang.user, at=now)
    assert (TopUp.objects.get().status, delivered(), wrong_books()) == ("written", 1, [])


@pytest.mark.parametrize("fault", ["none", "power-after-sale", "power-before", "power-after", "lost-begin", "lost-reply"])
def test_cash_put_in_buys_once(machine, chip, fault):
    went_dark(partial(machine(fault).sell, litres=20_000, inserted=10_000))
    again = machine()
    again.start()
    again.serve()
    drain(business_now())
    once_and_for_all(chip)
    assert again.memory.sale is None


def test_money_is_given_back_where_the_account_may_not_buy(machine, account):
    Account.objects.filter(pk=account.pk).update(status="frozen", frozen_reason="debt")
    with pytest.raises(Refused, match="account_frozen"):
        machine().sell(litres=20_000, inserted=10_000)
    assert not TopUp.objects.exists()


def test_the_machine_sets_its_clock_by_ours(live_server, key, tmp_path):
    line = Line(live_server.url, key.handle, SECRET, time.time, off_ms=-3_600_000)
    machine = Machine(line, SlotReader(""), Memory.at(tmp_path / "memory.json"))
    assert machine.beat({"paper": "good", "reader": "good", "cash_box": "good", "door": "good"})["state"] == "working"
    assert abs(line.off_ms) < 5_000


def test_the_slot_and_the_counter_read_the_same_chip(chip, shift):
    assert SlotReader(chip.label).read() == SimulatedReader(shift.counter).read()
    assert SlotReader(chip.label).content() == SimulatedChip.objects.get(pk=chip.pk).image


class TestByPhone:
    @pytest.fixture
    def stand_in(self, live_server, settings):
        """WeChat Pay and Alipay, who call the running server back."""
        with serving() as server:
            settings.SITE_URL = live_server.url
            pay_there(settings, server)
            yield server

    @pytest.fixture
    def pays(self, stand_in):
        """A customer before the machine: pays at the first look in this way, looks so often, then goes."""

        def make(how, looks=8):
            left = iter(range(looks))

            def wait():
                order = next(iter(stand_in.desk.orders))
                if how and order.state == "open":
                    stand_in.desk.pay(order, how, times=10)
                    stand_in.desk.callbacks.wait()
                    questions.ask_due(at=business_now() + timedelta(minutes=1))
                return next(left, None) is not None

            return wait

        return make

    @pytest.mark.parametrize(
        ("provider", "how", "fault"),
        [
            ("wechat", How.NOW, "none"),
            ("wechat", How.TWICE, "power-after"),
            ("alipay", How.TWICE, "lost-begin"),
            ("alipay", How.NEVER, "lost-reply"),
            ("wechat", How.NEVER, "power-before"),
            ("wechat", How.NOW, "pulled-before"),
        ],
    )
    def test_it_is_paid_once_and_written_once(self, machine, chip, pays, stand_in, provider, how, fault):
        went_dark(partial(machine(fault).sell_by_phone, litres=20_000, provider=provider, wait=pays(how)))
        again = machine()
        again.start()
        again.serve()
        drain(business_now())
        once_and_for_all(chip)
        assert (again.memory.checkout, [order.paid for order in stand_in.desk.orders]) == ("", [5_500])

    def test_who_goes_away_has_bought_nothing(self, machine, pays, stand_in):
        assert machine().sell_by_phone(litres=20_000, provider="wechat", wait=pays(None, looks=0)) == "cancelled"
        assert (TopUp.objects.count(), [order.state for order in stand_in.desk.orders]) == (0, ["closed"])

    def test_who_pays_while_going_away_has_bought_it(self, machine, chip, pays, stand_in, monkeypatch):
        """The machine's own request makes the first online receipt, and with it the hall that numbers it."""
        monkeypatch.setattr(questions, "ask_due", lambda at: 0)
        assert machine().sell_by_phone(litres=20_000, provider="wechat", wait=pays(How.NEVER, looks=0)) == "written"
        once_and_for_all(chip)

    def test_a_machine_that_went_dark_before_the_payment_lets_the_next_one_buy(self, machine, chip, pays, stand_in):
        def cut():
            raise PowerCut

        assert went_dark(partial(machine().sell_by_phone, litres=20_000, provider="wechat", wait=cut)) == "dark"
        again = machine()
        again.start()
        assert again.sell_by_phone(litres=20_000, provider="alipay", wait=pays(How.NOW)) == "written"
        once_and_for_all(chip)

    def test_the_command_does_it_all(self, live_server, key, tmp_path, chip, pays, stand_in, monkeypatch):
        (tmp_path / "kiosks.json").write_text(json.dumps({key.kiosk.code: [key.handle, SECRET]}))
        wait, said = pays(How.NOW), StringIO()
        monkeypatch.setattr(kiosk_simulator.time, "sleep", lambda _seconds: wait())
        options = {"kiosk": key.kiosk.code, "card": chip.label, "keys": tmp_path / "kiosks.json", "address": live_server.url}
        call_command("kiosk_simulator", "phone", stdout=said, **options)
        assert said.getvalue().endswith("-> written\n")
        once_and_for_all(chip)
