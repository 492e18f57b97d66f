"""Whoever is asked, hall, kiosk, hotline, cabinet or another system, gives one answer: through their real doors, in every state."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.clock import business_now
from accounts.models import Account
from billing.diagnoses import Diagnosis, MeterDiagnosis, PaymentState
from billing.models import Checkout, ConnectedMeter, MeterCommand, SimulatedChip
from billing.operations.meter_commands import expire_commands, fetch, queue_recharge
from billing.operations.meter_queue import GATEWAY
from billing.states import CheckoutStatus
from tests.api.conftest import device_of
from tests.api.kiosk_wire import Wire
from tests.billing.conftest import order_of, reader  # noqa: F401
from tests.billing.test_card_states import STATES, life  # noqa: F401
from tests.factories import billing as money
from tests.factories.bills import BillFactory
from tests.factories.checkouts import CheckoutFactory, HeldPaymentFactory
from tests.factories.kiosks import DeviceKeyFactory
from tests.factories.meters import connected, paid_online
from tests.signing_in import sign_in

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
#: Only a reader that has the card can say these: they are of the chip, not of what we know.
AT_THE_READER = {"no_card", "empty", "damaged", "foreign", "tool", "wrong_password", "too_large_for_card", "unknown_card", "fault"}
#: The answer of the reader that lost the card; nobody has read it since.
UNTIL_THE_NEXT_READ = {"pulled", "power_lost"}


@pytest.fixture
def card(account):
    return account.cards.select_related("account", "meter").get()


@pytest.fixture
def pages(account, olive, fang):
    """What the hotline and the customer look at."""
    staff, hers = sign_in(Client(), fang), sign_in(Client(), olive)
    return {
        "hotline": lambda: staff.get(reverse("desk:account", args=[account.number])).text,
        "cabinet": lambda: hers.get("/cabinet/cards/").text,
    }


def codes_in(text, answers):
    """The codes among these answers that a page says, in its order."""
    return [code for code in re.findall(r'data-code="(\w+)"', text) if code in answers.values]


class TestACard:
    @pytest.mark.parametrize("state", STATES)
    def test_is_answered_for_alike_at_every_door(self, life, clerk, fang, hall, chip, pages, state):  # noqa: F811
        STATES[state](life)
        image = SimulatedChip.objects.get(pk=chip.pk).image
        bridge = device_of(fang.user).post("/api/v1/card-reads/", {"image": image}).json()["diagnosis"]
        kiosk = Wire(Client(), DeviceKeyFactory(kiosk__hall=hall)).post("card-reads/", {"image": image})[1]["diagnosis"]
        told = [bridge, kiosk, *(codes_in(page(), Diagnosis)[0] for page in pages.values())]
        assert told == [state.split(" ")[0]] * 4
        desk = clerk.post(reverse("desk:counter_read"), follow=True).text
        assert told[0] == "ready" or str(Diagnosis(told[0]).label) in desk

    def test_has_no_other_states(self):
        assert {state.split(" ")[0] for state in STATES} | AT_THE_READER | UNTIL_THE_NEXT_READ == set(Diagnosis.values)


def told(balance=20_000, **state):
    """A way to put the meter into a state."""
    return lambda meter, account: ConnectedMeter.objects.filter(pk=meter.pk).update(balance_litres=balance, **state)


def closed(because, valve="closed"):
    return told(valve=valve, valve_because=because)


def pays(*then):
    """A purchase on its way, and what came of it."""

    def act(meter, account):
        queue_recharge(top_up=paid_online(account, business_now()), by=GATEWAY, at=business_now())
        for one in then:
            one(meter)

    return act


METER_STATES = {
    "meter_ready": told(),
    "never_heard": told(heard_at=None),
    "silent": told(heard_at=LONG_AGO),
    "low": told(balance=1_000),
    "on_emergency": told(balance=-500),
    "on_its_way": pays(),
    "on_its_way once sent": pays(lambda meter: fetch(meter=meter, at=business_now())),
    "recharge_late": pays(lambda meter: expire_commands(at=business_now() + timedelta(days=90))),
    "credit_used_up": closed("low_credit"),
    "emergency_used_up": closed("debt"),
    "idle": closed("idle"),
    "tampered": closed("tamper"),
    "battery_low": closed("battery"),
    "closed_by_company": closed("remote"),
    "press_key": closed("low_credit", "waits_for_key"),
    "press_red_key": closed("debt", "waits_for_key"),
    "meter_account_frozen": lambda meter, account: Account.objects.filter(pk=account.pk).update(status="frozen", frozen_reason="x"),
    "meter_account_closed": lambda meter, account: Account.objects.filter(pk=account.pk).update(status="closed", closed_at=business_now()),
}
#: Of one purchase, not of the meter.
OF_A_PURCHASE = {"sent", "recharge_withdrawn"}


class TestAConnectedMeter:
    @pytest.mark.parametrize("state", METER_STATES)
    def test_is_answered_for_alike_at_every_door(self, account, olive, fang, clerk, state):
        meter = connected(account, heard_at=business_now(), balance_litres=20_000)
        METER_STATES[state](meter, account)
        code = state.split(" ")[0]
        assert device_of(olive).get(f"/api/v1/accounts/{account.number}/meter/").json()["diagnosis"] == code
        sentence = str(MeterDiagnosis(code).label)
        doors = {
            "hall": clerk.get(reverse("desk:counter"), {"account": account.number}).text,
            "hotline": sign_in(Client(), fang).get(reverse("desk:account", args=[account.number])).text,
            "cabinet": sign_in(Client(), olive).get(reverse("desk:cabinet")).text,
        }
        assert [name for name, text in doors.items() if sentence not in text] == []

    def test_has_no_other_states(self):
        assert {state.split(" ")[0] for state in METER_STATES} | OF_A_PURCHASE == set(MeterDiagnosis.values)


def bought(account, status, **columns):
    top_up = money.TopUpFactory(account=account, status=status, **columns)
    return {"status": CheckoutStatus.PAID, "top_up": top_up}


def goes_by_air(account):
    connected(account)
    return bought(account, "reserved", meter=account.meters.get())


def held(use):
    return lambda checkout: HeldPaymentFactory(checkout=checkout, use=use, held_because="amount", order_number=checkout.reference)


def on_a_card(status):
    return lambda account: bought(account, status, card=account.cards.get())


#: Name -> what the row is, and what else there is.
PAYMENT_STATES = {
    "waiting": (lambda account: {}, None),
    "not_on_card": (on_a_card("paid"), None),
    "not_on_card while unknown": (on_a_card("unknown"), None),
    "on_its_way": (goes_by_air, None),
    "delivered": (on_a_card("written"), None),
    "taken_back": (on_a_card("reversed"), None),
    "going_back": (lambda account: {}, held("held")),
    "given_back": (lambda account: {"status": "cancelled"}, held("returned")),
    "used_otherwise": (lambda account: {"status": "expired"}, held("assigned")),
    "cancelled": (lambda account: {"status": "cancelled"}, None),
    "expired": (lambda account: {"status": "expired"}, None),
    "bill_paid": (lambda account: {"status": "paid", "purpose": "bill", "bill": BillFactory(account=account), "litres": None}, None),
}


class TestAnOnlinePayment:
    @pytest.fixture
    def kiosk(self, hall):
        return DeviceKeyFactory(kiosk__hall=hall, kiosk__sells=True)

    @pytest.mark.parametrize("state", PAYMENT_STATES)
    def test_is_answered_for_alike_at_every_door(self, account, olive, fang, kiosk, state):
        row, more = PAYMENT_STATES[state]
        checkout = CheckoutFactory(account=account, kiosk=kiosk.kiosk, channel=Checkout.Channel.KIOSK, **row(account))
        if more:
            more(checkout)
        reference, code = checkout.reference, state.split(" ")[0]
        api = device_of(olive).get(f"/api/v1/checkouts/{reference}/").json()["standing"]
        machine = Wire(Client(), kiosk).post(f"checkouts/{reference}/state/", {})[1]["state"]
        hers = sign_in(Client(), olive).get(reverse("desk:cabinet_payment", args=[reference])).text
        staff = sign_in(Client(), fang).get(reverse("desk:account", args=[account.number])).text
        shown = [codes_in(text, PaymentState) for text in (hers, staff)]
        assert [api, machine, *shown] == [code, code, [code], [code]]

    def test_has_no_other_states(self):
        # Works are paid for without an account: they have a page of their own (tests/billing/test_charge_pages.py).
        assert {state.split(" ")[0] for state in PAYMENT_STATES} | {"charge_paid"} == set(PaymentState.values)


def test_a_purchase_is_answered_for_by_its_command(account, now):
    """What the two codes of a purchase alone say."""
    from billing.queries.connected_meters import why_not_in_the_meter

    meter = connected(account)
    queue_recharge(top_up=paid_online(account, now), by=GATEWAY, at=now)
    command = MeterCommand.objects.get()
    fetch(meter=meter, at=now)
    assert why_not_in_the_meter(command.top_up) == MeterDiagnosis.SENT
    MeterCommand.objects.update(status="withdrawn")
    assert why_not_in_the_meter(command.top_up) == MeterDiagnosis.RECHARGE_WITHDRAWN
