"""A kiosk reads, writes, acknowledges and sells, over the wire."""

from dataclasses import replace

import pytest

from accounts.actors import System
from accounts.clock import business_now
from billing import providers
from billing.devices.cards import decode, encode
from billing.models import Kiosk, KioskCash, TopUp
from billing.operations import ask_reversal, carry_out_reversal, sell
from billing.operations.kiosk_cash import empty_kiosk
from billing.operations.provider_payments import take
from billing.providers.protocol import Heard, Shown
from billing.queries.ledger_proof import prove
from billing.queries.public_kiosks import public_kiosks
from casework.models import Case
from tests.billing.conftest import order_of  # noqa: F401
from tests.factories import billing as money
from tests.factories.kiosks import DeviceKeyFactory

from .kiosk_wire import Wire


@pytest.fixture
def kiosk(hall):
    return DeviceKeyFactory(kiosk__hall=hall, kiosk__sells=True, kiosk__cash_ceiling=10_000, kiosk__cash_box="good").kiosk


@pytest.fixture
def wire(client, kiosk):
    return Wire(client, kiosk.keys.get())


@pytest.fixture
def card(account):
    return account.cards.select_related("account", "meter").get()


@pytest.fixture
def order(order_of, fang, now):  # noqa: F811
    """Paid at the counter, not on the card."""
    return sell(order=order_of(), by=fang.user, at=now)


@pytest.fixture
def begun(wire, order, image):
    status, write = wire.post(f"orders/{order.reference}/writes/", {"image": image}, key="w-1")
    assert status == 201, write
    return write


def wrong_books():
    return [finding.wrong for finding in prove() if not finding.is_right]


def read_back(write):
    return encode(replace(decode(write["image"]), unlock=""))


class TestReading:
    def test_it_shows_what_is_to_be_written_and_nobody_s_name(self, wire, order, image):
        _status, told = wire.post("card-reads/", {"image": image})
        assert (told["diagnosis"], told["holder"], [one["reference"] for one in told["unwritten"]]) == (
            "unwritten",
            "李*",
            [order.reference],
        )
        assert "address" not in str(told)

    def test_a_torn_card_is_a_diagnosis(self, wire):
        assert wire.post("card-reads/", {"image": "00ff"})[1]["diagnosis"] == "damaged"


class TestWriting:
    def test_what_was_read_back_is_credited(self, wire, begun, order):
        status, told = wire.post(f"writes/{begun['id']}/result/", {"image": read_back(begun)}, key="r-1")
        assert (status, told["order"]["status"], told["reason"], told["case"]) == (200, "written", None, None)
        assert wrong_books() == []

    def test_sent_again_from_the_queue_it_counts_once(self, wire, begun):
        answers = [wire.post(f"writes/{begun['id']}/result/", {"image": read_back(begun)}, key="r-1") for _ in "123"]
        assert answers[0] == answers[1] == answers[2]
        assert wrong_books() == []

    @pytest.mark.parametrize(("fault", "status"), [("no_card", "failed"), ("pulled", "unknown")])
    def test_a_failure_is_printed_with_its_reason_and_the_hall_has_one_case(self, wire, begun, kiosk, fault, status):
        answers = [wire.post(f"writes/{begun['id']}/result/", {"fault": fault}, key=key)[1] for key in ("r-1", "r-2")]
        case = Case.objects.get()
        assert [(one["order"]["status"], one["reason"], one["case"]) for one in answers] == [(status, fault, case.reference)] * 2
        assert (case.hall, begun["reference"] in case.title) == (kiosk.hall, True)
        assert any(kiosk.hall.name in line for line in answers[0]["slip"]["lines"])

    def test_a_case_ends_by_itself_when_the_next_try_succeeds(self, wire, begun, image):
        wire.post(f"writes/{begun['id']}/result/", {"fault": "no_card"}, key="r-1")
        again = wire.post(f"orders/{begun['reference']}/writes/", {"image": image}, key="w-2")[1]
        assert wire.post(f"writes/{again['id']}/result/", {"image": read_back(again)}, key="r-2")[1]["order"]["status"] == "written"
        assert Case.objects.get().status == "answered"

    def test_another_card_s_purchase_is_not_there(self, wire, order, neighbour):
        image = encode(money.image_of(neighbour.cards.get()))
        assert wire.post(f"orders/{order.reference}/writes/", {"image": image}, key="w-1")[0] == 404

    def test_another_machine_cannot_say_how_it_ended(self, client, begun):
        other = Wire(client, DeviceKeyFactory())
        assert other.post(f"writes/{begun['id']}/result/", {"image": read_back(begun)}, key="r-1")[0] == 404


class TestSelling:
    def quote(self, wire, image, litres=20_000):
        return wire.post("quotes/", {"image": image, "litres": litres})[1]

    def sell(self, wire, image, *, key="s-1", inserted=6_000, litres=20_000):
        quote = self.quote(wire, image, litres)
        sale = {"image": image, "litres": litres, "fingerprint": quote["fingerprint"], "inserted": inserted}
        return wire.post("sales/", sale, key=key)

    def test_cash_goes_in_gas_on_the_card_and_the_books_are_right(self, wire, image, kiosk):
        status, sold = self.sell(wire, image)
        assert (status, sold["change"], len(sold["receipts"])) == (201, 500, 1)
        wire.post(f"writes/{sold['write']['id']}/result/", {"image": read_back(sold["write"])}, key="r-1")
        top_up = TopUp.objects.get(reference=sold["order"]["reference"])
        assert (top_up.status, top_up.channel, top_up.payment.method) == ("written", "kiosk", "kiosk_cash")
        assert (KioskCash.objects.get().expected, wrong_books()) == (5_500, [])

    def test_the_same_key_sells_once(self, wire, image):
        first = self.sell(wire, image)[1]
        quote = {"fingerprint": "x" * 32}
        again = wire.post("sales/", {"image": image, "litres": 20_000, "inserted": 6_000, **quote}, key="s-1")
        assert again[1]["code"] == "key_reused"  # other words
        assert TopUp.objects.get().reference == first["order"]["reference"]

    @pytest.mark.parametrize(("litres", "inserted", "code"), [(20_000, 5_499, "not_enough_money"), (40_000, 11_000, "no_more_cash")])
    def test_what_it_cannot_take_leaves_everything_as_it_was(self, wire, image, litres, inserted, code):
        assert self.sell(wire, image, litres=litres, inserted=inserted)[1]["code"] == code
        assert (TopUp.objects.exists(), KioskCash.objects.exists()) == (False, False)

    def test_a_price_that_moved_comes_with_the_new_one(self, wire, image):
        sale = {"image": image, "litres": 20_000, "fingerprint": "0" * 32, "inserted": 6_000}
        status, told = wire.post("sales/", sale, key="s-1")
        assert (status, told["code"], told["quote"]["amount"]) == (409, "stale_quote", 5_500)

    def test_one_that_only_writes_takes_no_money(self, wire, image, kiosk):
        type(kiosk).objects.update(sells=False)
        assert self.quote(wire, image)["cash_room"] == 0
        assert self.sell(wire, image)[1]["code"] == "sells_nothing"

    def test_at_its_ceiling_customers_are_told_that_it_takes_no_more(self, wire, image, kiosk, qiang, now):
        Kiosk.objects.update(cash_ceiling=5_500)
        self.sell(wire, image)
        kiosk.refresh_from_db()
        (line,) = public_kiosks(business_now())
        assert (kiosk.state, line.state, line.limits) == ("limited", "limited", ["cash"])
        empty_kiosk(kiosk=kiosk, counted=5_500, reason="", by=qiang.user, at=business_now())
        kiosk.refresh_from_db()
        assert kiosk.state == "working"

    def test_emptied_it_takes_cash_again_and_the_safe_has_it(self, wire, image, kiosk, qiang, now):
        self.sell(wire, image)
        assert self.quote(wire, image)["cash_room"] == 4_500
        box = empty_kiosk(kiosk=kiosk, counted=5_400, reason="a note stuck in the slot", by=qiang.user, at=now)
        assert (box.expected, box.counted, wrong_books()) == (5_500, 5_400, [])
        assert self.quote(wire, image)["cash_room"] == 10_000


class FakeProvider:
    """Shows a code; whether it was paid is said by the tests themselves."""

    def open(self, order):
        return Shown(code=f"weixin://pay/{order.reference}")

    def ask(self, reference):
        return None

    def close(self, reference):
        return True


class TestPayingByPhone:
    @pytest.fixture(autouse=True)
    def provider(self, monkeypatch):
        monkeypatch.setattr(providers, "offered", lambda: {"wechat": ("qr",)})
        monkeypatch.setattr(providers, "provider", lambda code: FakeProvider())

    def open(self, wire, image, key="c-1"):
        quote = wire.post("quotes/", {"image": image, "litres": 20_000})[1]
        body = {"image": image, "litres": 20_000, "fingerprint": quote["fingerprint"], "provider": "wechat"}
        return wire.post("checkouts/", body, key=key)

    def pay(self, checkout, at):
        paid = {"order_number": checkout["reference"], "amount": checkout["amount"], "currency": "CNY", "paid_at": at}
        heard = Heard(transaction="4200001", **paid)
        take(provider="wechat", heard=heard, heard_by="callback", by=System("tests"), at=at)

    def test_what_was_scanned_and_paid_is_written_like_anything_else(self, wire, image, now):
        status, opened = self.open(wire, image)
        assert (status, opened["state"], opened["code"]) == (201, "waiting", f"weixin://pay/{opened['reference']}")
        self.pay(opened, business_now())
        told = wire.post(f"checkouts/{opened['reference']}/state/", {})[1]
        assert told["state"] == "not_on_card"
        begun = wire.post(f"orders/{told['order']}/writes/", {"image": image}, key="w-1")[1]
        wire.post(f"writes/{begun['id']}/result/", {"image": read_back(begun)}, key="r-1")
        assert wire.post(f"checkouts/{opened['reference']}/state/", {})[1]["state"] == "delivered"
        assert (TopUp.objects.get().channel, wrong_books()) == ("kiosk", [])

    def test_the_same_key_opens_one_order(self, wire, image):
        assert len({self.open(wire, image)[1]["reference"] for _ in "12"}) == 1

    def test_given_up_it_is_over(self, wire, image):
        opened = self.open(wire, image)[1]
        answers = [wire.post(f"checkouts/{opened['reference']}/cancel/", {})[1]["state"] for _ in "12"]
        assert answers == ["cancelled", "cancelled"]

    def test_a_card_that_could_not_take_it_is_refused_before_anybody_pays(self, wire, card):
        full = encode(money.image_of(card, litres=5_000))
        assert self.open(wire, full)[1]["code"] == "card_still_full"

    def test_another_machine_does_not_see_it(self, client, wire, image):
        opened = self.open(wire, image)[1]
        assert Wire(client, DeviceKeyFactory()).post(f"checkouts/{opened['reference']}/state/", {})[0] == 404


def test_what_a_kiosk_sold_and_could_not_write_is_given_back_over_a_counter(wire, image, shift, fang, now):
    sold = TestSelling().sell(wire, image)[1]
    wire.post(f"writes/{sold['write']['id']}/result/", {"fault": "no_card"}, key="r-1")
    reversal = ask_reversal(top_up=TopUp.objects.get(), reason="does not want it any more", by=fang.user, at=business_now())
    carry_out_reversal(reversal=reversal, shift=shift, by=fang.user, at=business_now())
    assert (TopUp.objects.get().status, wrong_books()) == ("reversed", [])


def test_over_or_short_needs_a_reason(wire, kiosk, image, qiang, now):
    from billing.refusals import ReasonMissing

    TestSelling().sell(wire, image)
    with pytest.raises(ReasonMissing):
        empty_kiosk(kiosk=kiosk, counted=1, reason=" ", by=qiang.user, at=now)
