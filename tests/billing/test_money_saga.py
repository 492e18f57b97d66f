"""Any order of buying, paying, telling, writing, losing, replacing and giving back keeps the books right and the customer whole."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as game
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

import billing.operations.counter as desk
from accounts.actors import System
from accounts.models import Account, GasCard, Meter
from accounts.operations import NewMeter
from billing import providers
from billing.devices.cards import CardFault
from billing.devices.connected import SimulatedMeter
from billing.models import CardWrite, Checkout, Payment, TopUp
from billing.operations import (
    Order,
    ask_reversal,
    begin_write,
    carry_out_reversal,
    change_meter,
    credit_gift,
    finish_write,
    questions,
    refunds,
    replace_card,
    report_loss,
    restore_lost_gas,
    sell,
)
from billing.operations.checkouts import Basket, note_cancelled, open_checkout
from billing.operations.kiosk_sales import CashOrder, sell_for_cash
from billing.operations.kiosk_writes import finish_at_kiosk
from billing.operations.meter_commands import confirm, expire_commands, fetch
from billing.operations.provider_payments import take
from billing.queries import quote
from billing.queries.connected_meters import rules
from billing.refusals import Refused
from billing.states import NOT_ON_A_CARD, TopUpStatus
from billing.valves import State
from casework.operations import StaleRow, WrongMove
from tests.factories import accounts as people
from tests.factories.kiosks import KioskFactory
from tests.factories.meters import connected

from . import saga_checks
from .household import Drawer, Dream

BY = System("tests")
GAS = {"provider": "wechat", "product": "qr", "channel": Checkout.Channel.CABINET}
LITRES = st.sampled_from([10_000, 20_000, 390_000])
FAULTS = st.sampled_from(["", "", "", "pulled_before", "power_before", "power_after", "torn"])
PLACES = st.sampled_from(["hall", "kiosk"])
WHO = st.sampled_from(["card", "air"])
NO = (Refused, CardFault, WrongMove, StaleRow)


class Saga(RuleBasedStateMachine):
    """Two households: one with a card, one with a connected meter. One hall, one kiosk, one provider."""

    card_home = air_home = reader = shift = kiosk = chip = start = None

    def __init__(self):
        super().__init__()
        self.dream, self.at, self.keys, self.words, self.unsaid = Dream(), self.start, 0, [], []
        providers.provider = lambda code: self.dream
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.drawer = Drawer(self.shift.counter, self.chip)
        self.wall = SimulatedMeter(self.air_home.meters.get().serial, rules(), State(balance_litres=0))

    def teardown(self):
        try:
            self.come_to_rest()
            saga_checks.check_all(self)
        finally:
            transaction.set_rollback(True)
            self.inside.__exit__(None, None, None)

    def later(self):
        self.at += timedelta(seconds=30)
        return self.at

    def key(self):
        self.keys += 1
        return f"saga-{self.keys}"

    def account(self, who="card"):
        return Account.objects.select_related("customer").get(pk=(self.card_home if who == "card" else self.air_home).pk)

    def card(self):
        return GasCard.objects.select_related("account", "meter").filter(account=self.card_home, status=GasCard.Status.ACTIVE).first()

    def last_checkout(self):
        return Checkout.objects.order_by("-pk").first()

    @rule(who=WHO, litres=LITRES)
    def buy_online(self, who, litres):
        account = self.account(who)
        with suppress(*NO):
            fingerprint = quote(account=account, at=self.at, litres=litres).fingerprint
            basket = Basket(account=account, litres=litres, fingerprint=fingerprint, key=self.key(), **GAS)
            questions.present(checkout=open_checkout(basket=basket, by=BY, at=self.at), at=self.at)

    @rule(missing=st.sampled_from([0, 0, 0, 1]))
    def pay(self, missing):
        if checkout := self.last_checkout():
            self.dream.pay(checkout, self.at, missing)

    @rule(copies=st.integers(1, 3))
    def call_back(self, copies):
        for heard in [one for paid in self.dream.paid.values() for one in paid] * copies:
            take(provider="wechat", heard=heard, heard_by="callback", by=BY, at=self.at)

    @rule()
    def cancel(self):
        if checkout := self.last_checkout():
            with suppress(*NO):
                questions.cancel(checkout=checkout, by=BY, at=self.at)

    @rule()
    def cancel_while_the_provider_is_silent(self):
        if checkout := self.last_checkout():
            with suppress(*NO):
                note_cancelled(checkout=checkout, by=BY, at=self.at)

    @rule(minutes=st.sampled_from([1, 6, 20, 700, 7_500]))
    def time_passes_and_workers_work(self, minutes):
        self.at += timedelta(minutes=minutes)
        questions.ask_due(at=self.at)
        refunds.send_due(at=self.at)
        expire_commands(at=self.at)

    def order(self, who, litres):
        account = self.account(who)
        fingerprint = quote(account=account, at=self.at, litres=litres).fingerprint
        card = self.card() if who == "card" else None
        return Order(
            account=account,
            card=card,
            shift=self.shift,
            litres=litres,
            fingerprint=fingerprint,
            method=Payment.Method.CASH,
            tendered=1_000_000,
            key=self.key(),
        )

    @rule(who=WHO, litres=LITRES)
    def sell_in_the_hall(self, who, litres):
        with suppress(*NO):
            order = self.order(who, litres)
            if order.card is not None or who == "air":
                sell(order=order, by=BY, at=self.later())

    @rule(litres=LITRES, fault=FAULTS)
    def sell_in_the_hall_with_the_card_on_the_reader(self, litres, fault):
        with suppress(*NO):
            order = self.order("card", litres)
            self.drawer.script(fault)
            if order.card is not None:
                desk.sell_and_write(order=order, reader=self.reader, by=BY, at=self.later())

    @rule(litres=LITRES, fault=FAULTS, is_said=st.booleans())
    def sell_at_the_kiosk_for_cash(self, litres, fault, is_said):
        with suppress(*NO):
            fingerprint = quote(account=self.account(), at=self.at, litres=litres).fingerprint
            order = CashOrder(seen=self.reader.read(), litres=litres, fingerprint=fingerprint, inserted=1_000_000, key=self.key())
            sold = sell_for_cash(kiosk=self.kiosk, order=order, by=BY, at=self.later())
            self.drive(sold.write, "kiosk", fault, is_said)

    @rule(place=PLACES, fault=FAULTS, is_said=st.booleans())
    def write(self, place, fault, is_said):
        rows = TopUp.objects.filter(account=self.card_home, status__in=NOT_ON_A_CARD).select_related("account", "meter")
        for top_up in rows.order_by("paid_at", "pk"):
            with suppress(*NO):
                write = begin_write(top_up=top_up, seen=self.reader.read(), by=BY, at=self.later())
                self.drive(write, place, fault, is_said)
                return

    def drive(self, write, place, fault, is_said):
        """The card is written; what came of it is told at once, or waits in the machine's queue."""
        self.drawer.script(fault)
        read_back, error = desk.drive(self.reader, write.wanted_image)
        self.words.append((write.pk, read_back, error, place))
        if is_said:
            self.say(-1)

    @rule(which=st.integers(-3, -1))
    def say(self, which):
        """The machine's word about a write: late, and as often as it likes."""
        for pk, read_back, error, place in self.words[which:]:
            write = CardWrite.objects.select_related("card", "top_up__account__customer", "top_up__meter", "top_up__timeline").get(pk=pk)
            facts = {"write": write, "read_back": read_back, "error": error, "by": BY, "at": self.later()}
            with suppress(StaleRow):
                finish_at_kiosk(kiosk=self.kiosk, **facts) if place == "kiosk" else finish_write(**facts)

    @rule()
    def read(self):
        desk.read_now(reader=self.reader, by=BY, at=self.later())

    @rule()
    def load_into_the_meter(self):
        self.drawer.load()

    @rule(who=WHO, fault=FAULTS)
    def take_back(self, who, fault):
        top_up = TopUp.objects.filter(account=self.account(who)).order_by("-pk").first()
        with suppress(*NO, AttributeError):
            reversal = top_up.reversals.first() or ask_reversal(top_up=top_up, reason="x", by=BY, at=self.at)
            if top_up.status == TopUpStatus.WRITTEN and who == "card":
                self.drawer.script(fault)
                desk.reverse_now(reversal=reversal, shift=self.shift, reader=self.reader, by=BY, at=self.later())
            carry_out_reversal(reversal=reversal, shift=self.shift, by=BY, at=self.later())

    @rule()
    def give_gas_away(self):
        with suppress(*NO):
            credit_gift(account=self.account(), litres=5_000, reason="x", by=BY, at=self.at)

    @rule(is_shown=st.booleans(), fault=FAULTS)
    def replace_the_card(self, is_shown, fault):
        card = self.card() or GasCard.objects.filter(account=self.card_home, status=GasCard.Status.LOST).order_by("-pk").first()
        seen = self.drawer.image() if is_shown and card.status == GasCard.Status.ACTIVE else None
        with suppress(*NO):
            write = replace_card(card=card, reason="x", seen=seen, meter_counter=self.drawer.shown, by=BY, at=self.later())
            self.drawer.take_away() if seen else self.drawer.lose()
            self.make(write, fault)

    def make(self, write, fault):
        self.drawer.count_lost()
        self.drawer.lay_down(write.card, fault)
        desk.make_card(write=write, reader=self.reader, by=BY, at=self.later())

    @rule()
    def lose_the_card(self):
        if card := self.card():
            report_loss(card=card, by=BY, at=self.later())
            self.drawer.lose()

    @rule()
    def write_again_what_was_lost_with_its_card(self):
        last = (
            TopUp.objects.filter(account=self.card_home, status=TopUpStatus.WRITTEN, counter__gt=self.drawer.shown).order_by("-pk").first()
        )
        if last is not None and not self.drawer.litres():
            with suppress(*NO):
                restore_lost_gas(top_up=last, reason="x", by=BY, at=self.at)

    @rule(is_shown=st.booleans(), fault=FAULTS)
    def change_the_meter(self, is_shown, fault):
        seen = self.drawer.image() if is_shown and self.card() else None
        new = NewMeter(kind=Meter.Kind.VOLUME, serial=self.key(), maker="x", model="x", use_until=date(2036, 1, 1))
        with suppress(*NO):
            write = change_meter(account=self.account(), new=new, residual_litres=7_000, seen=seen, by=BY, at=self.later())
            if seen:
                self.drawer.moved += self.drawer.take_away().litres
            else:
                self.drawer.lose()
            self.drawer.shown = 0
            self.make(write, fault)

    @rule(is_heard=st.booleans(), is_answered=st.booleans())
    def the_connected_meter_visits(self, is_heard, is_answered):
        meter = self.air_home.meters.get()
        commands = fetch(meter=meter, at=self.later())
        if not is_heard:
            return
        carried = [{"number": c.number, "kind": c.kind, "litres": c.litres, "because": c.because} for c in commands]
        self.unsaid += self.wall.hear({"rules": vars(rules()), "commands": carried})
        if is_answered:
            self.the_connected_meter_answers()

    @rule()
    def the_connected_meter_answers(self):
        for number in self.unsaid:
            confirm(meter=self.air_home.meters.get(), number=number, at=self.at)

    def come_to_rest(self):
        """Whatever is open is said, read, paid for, written: then nothing may be left over."""
        self.say(0)
        for _round in range(3):
            self.call_back(1)
            self.time_passes_and_workers_work(700)
            self.the_connected_meter_visits(is_heard=True, is_answered=True)
        for _round in range(20):
            self.drawer.load()
            if self.card() is None or self.drawer.image() is None:
                self.replace_the_card(is_shown=False, fault="")
            self.read()
            self.write("hall", "", is_said=True)


def play(examples, steps):
    # A sequence that fails is told as it was found: making it shorter takes a quarter of an hour.
    phases = [Phase.explicit, Phase.generate]
    chosen = game(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(Saga, settings=chosen)


@pytest.fixture
def city(account, neighbour, reader, chip, shift, hall, now, settings, monkeypatch):
    settings.WECHAT_PAY_MCHID, settings.REVERSAL_NEEDS_APPROVAL_FROM = "1900000001", 10**9
    monkeypatch.setattr(providers, "provider", providers.provider)  # what the machine sets is taken back
    connected(neighbour, balance_litres=0)
    people.MeterFactory._meta.model.objects.update(cap_litres=None)
    Saga.card_home, Saga.air_home, Saga.reader, Saga.chip, Saga.shift, Saga.start = account, neighbour, reader, chip, shift, now
    Saga.kiosk = KioskFactory(hall=hall, sells=True, cash_ceiling=10**9, cash_box="good")


def test_no_order_of_events_loses_money_or_gives_gas_twice(city):
    play(examples=5, steps=25)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_no_order_of_events_loses_money_or_gives_gas_twice_however_long(city):
    play(examples=300, steps=60)
