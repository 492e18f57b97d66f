"""Gas from the sofa: the pages, with a provider behind them that answers over HTTP."""

import re

import pytest
from django.urls import reverse

from billing.models import Checkout, Kiosk, TopUp
from billing.stand_in import How
from billing.states import CheckoutStatus
from casework.operations import open_timeline
from tests.factories.accounts import BindingFactory
from tests.factories.billing import TopUpFactory
from tests.factories.bills import BillFactory
from tests.pay_stand_in import pay_there, serving


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture
def sofa(server, settings, client, signed_in, olive, time_machine, now):
    """Olive, signed in, at ten in the morning."""
    time_machine.move_to(now)
    server.desk.orders.is_down = False
    pay_there(settings, server)
    settings.BANK_TRANSFER_TO = "示例燃气, 6217 0000"
    return signed_in(client, olive)


def url(name, *args):
    return reverse(f"desk:{name}", args=args)


def order(sofa, way="wechat:qr", volume="20", **changes):
    """What a browser sends after the price was shown."""
    page = sofa.get(url("cabinet_buy"), {"volume": volume}).text
    hidden = dict(re.findall(r'name="(litres|fingerprint|key)" value="([^"]*)"', page))
    return sofa.post(url("cabinet_buy"), {**hidden, "way": way, "volume": volume, **changes})


def test_the_price_is_shown_with_its_tiers_before_anything_is_ordered(sofa):
    page = sofa.get(url("cabinet_buy"), {"amount": "100"})
    assert "36.36" in page.text
    assert "¥100.00" in page.text or "CN¥100.00" in page.text or "99.99" in page.text
    assert Checkout.objects.count() == 0


def test_a_code_is_shown_and_the_page_says_when_it_is_paid(sofa, server):
    answer = order(sofa)
    checkout = Checkout.objects.get()
    assert answer.url == url("cabinet_payment", checkout.reference)
    page = sofa.get(answer.url).text
    assert "<svg" in page
    assert 'data-code="waiting"' in page
    server.desk.pay(server.desk.orders.find(checkout.reference), How.NEVER)
    assert sofa.get(url("cabinet_payment_back", checkout.reference)).url == answer.url
    assert 'data-code="not_on_card"' in sofa.get(url("cabinet_payment_live", checkout.reference)).text
    assert TopUp.objects.get().channel == "cabinet"


def test_kiosks_that_work_now_are_named_when_the_card_is_to_be_written(sofa, server, hall, fang, now):
    for code, heard in (("K1", now), ("K2", None)):
        timeline = open_timeline(kind="kiosk", steps=[], by=fang.user, at=now)
        place = {"name": f"place {code}", "address": "兰陵", "hall": hall, "territory": hall.territory}
        Kiosk.objects.create(code=code, state=Kiosk.State.WORKING, since=now, heard_at=heard, timeline=timeline, **place)
    order(sofa)
    checkout = Checkout.objects.get()
    server.desk.pay(server.desk.orders.find(checkout.reference), How.NEVER)
    sofa.get(url("cabinet_payment_back", checkout.reference))
    page = sofa.get(url("cabinet_payment", checkout.reference)).text
    assert "place K1" in page
    assert "place K2" not in page


@pytest.mark.parametrize(("way", "words"), [("alipay:page", "gateway.do"), ("alipay:qr", "<svg"), ("bank:transfer", "6217 0000")])
def test_every_way_that_is_offered_leads_somewhere(sofa, way, words):
    assert words in sofa.get(order(sofa, way).url).text


def test_gas_that_waits_for_the_card_is_to_be_written_before_more_is_bought(sofa, account):
    waiting = TopUpFactory(account=account, status="paid", written_at=None)
    page = sofa.get(url("cabinet_buy"), {"volume": "20"}).text
    assert url("cabinet_purchase", waiting.reference) in page
    assert 'id="pay-form"' not in page


def test_a_silent_provider_is_said_and_can_be_asked_again(sofa, server):
    server.desk.orders.is_down = True
    where = order(sofa).url
    assert "does not answer" in sofa.get(where).text
    server.desk.orders.is_down = False
    sofa.post(where + "show/")
    assert "<svg" in sofa.get(where).text


def test_a_payment_is_cancelled_and_another_can_begin(sofa):
    where = order(sofa).url
    assert "is still open" in sofa.get(url("cabinet_buy"), {"volume": "20"}).text
    sofa.post(where + "cancel/")
    assert Checkout.objects.get().status == CheckoutStatus.CANCELLED
    assert order(sofa).url != where


def test_who_paid_another_amount_and_cancels_is_told_that_the_money_goes_back(sofa, server):
    where = order(sofa).url
    server.desk.orders.pay(server.desk.orders.find(Checkout.objects.get().reference), 5_499)
    page = sofa.post(where + "cancel/", follow=True).text
    assert "It goes back the way it came" in page
    assert "Nothing was paid" not in page


def test_a_price_that_has_changed_is_shown_anew_and_nothing_is_held(sofa):
    answer = order(sofa, fingerprint="old")
    assert answer.status_code == 422
    assert "The price has changed" in answer.text
    assert Checkout.objects.count() == 0


def test_nothing_is_sold_over_a_limit_and_the_page_says_which(sofa, account):
    account.meters.update(cap_litres=10_000)
    assert "The meter takes at most" in sofa.get(url("cabinet_buy"), {"volume": "20"}).text


def test_without_keys_nobody_is_sent_to_a_provider(sofa, settings):
    settings.WECHAT_PAY_MCHID = settings.ALIPAY_APP_ID = settings.BANK_TRANSFER_TO = ""
    assert "not offered" in sofa.get(url("cabinet_buy"), {"volume": "20"}).text
    assert order(sofa).status_code == 422


def test_payments_of_others_do_not_exist(sofa, neighbour, now):
    order(sofa)
    Checkout.objects.update(account=neighbour)
    reference = Checkout.objects.get().reference
    for name in ("cabinet_payment", "cabinet_payment_live", "cabinet_payment_back"):
        assert sofa.get(url(name, reference)).status_code == 404
    assert sofa.post(url("cabinet_payment_cancel", reference)).status_code == 404
    assert reference not in sofa.get(url("cabinet_payments")).text


def test_a_bill_is_paid_the_same_way(sofa, server, account):
    bill = BillFactory(account=account)
    page = sofa.get(url("cabinet_pay_bill", bill.number)).text
    key = re.search(r'name="key" value="([^"]*)"', page).group(1)
    where = sofa.post(url("cabinet_pay_bill", bill.number), {"way": "wechat:qr", "key": key}).url
    checkout = Checkout.objects.get()
    server.desk.pay(server.desk.orders.find(checkout.reference), How.NEVER)
    sofa.get(url("cabinet_payment_back", checkout.reference))
    assert 'data-code="bill_paid"' in sofa.get(where).text
    bill.refresh_from_db()
    assert bill.status == "paid"
    assert sofa.get(url("cabinet_pay_bill", bill.number)).url == url("cabinet_bill", bill.number)


def test_the_way_back_leads_to_the_payment_whichever_account_was_chosen_meanwhile(sofa, olive, neighbour):
    where = order(sofa).url
    BindingFactory(user=olive, account=neighbour)
    sofa.post(url("cabinet_choose"), {"number": neighbour.number})
    assert 'data-code="waiting"' in sofa.get(where + "live/").text
    assert sofa.get(where).status_code == 200
    assert sofa.get(url("cabinet_payments")).context["cabinet"].account == Checkout.objects.get().account
