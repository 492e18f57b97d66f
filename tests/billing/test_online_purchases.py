"""Buying online, against the stand-in over HTTP: one credit, one receipt, balanced books, whatever a provider does."""

from datetime import timedelta

import pytest

from billing import providers
from billing.models import Checkout, Entry, Payment, ProviderPayment, Receipt, Refund, TopUp
from billing.operations import ask_reversal, carry_out_reversal, refunds
from billing.operations.checkouts import Basket, CheckoutOpen, NotOffered, open_checkout
from billing.operations.questions import PaidMeanwhile, ProviderSilent, ask_due, cancel, present
from billing.operations.transfers_back import GoneThere, NotToldThere, note_given_by_hand
from billing.providers.protocol import RefundState
from billing.queries import quote
from billing.queries.ledger_proof import prove
from billing.queries.quotes import StaleQuote
from billing.refusals import CardBusy, KeyReused
from billing.stand_in import How
from billing.states import CheckoutStatus, RefundStatus, TopUpStatus
from casework.models import Event
from tests.pay_stand_in import pay_there, serving


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def pays(server, settings, db, time_machine, now):
    time_machine.move_to(now)
    server.desk.orders.is_down = False
    pay_there(settings, server)


@pytest.fixture
def basket_of(account, card, now):
    def make(litres=20_000, at=now, provider="wechat", **changes):
        fingerprint = quote(account=account, at=at, litres=litres).fingerprint
        product = "page" if provider == "alipay" else "qr"
        facts = {"account": account, "litres": litres, "fingerprint": fingerprint, "provider": provider, "product": product}
        return Basket(**{**facts, "channel": Checkout.Channel.CABINET, "key": f"key-{litres}", **changes})

    return make


@pytest.fixture
def opened(basket_of, olive, server, now):
    """An order at the stand-in that nobody has paid."""
    checkout = open_checkout(basket=basket_of(), by=olive, at=now)
    return present(checkout=checkout, at=now)


def pay(server, checkout, how=How.NEVER):
    """Somebody pays at the stand-in."""
    order = server.desk.orders.find(checkout.reference)
    server.desk.pay(order, how)
    return order


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def balance(book):
    return sum(Entry.objects.filter(book=book).values_list("amount", flat=True))


def check_books():
    wrong = [f"{finding.rule}: {finding.wrong}" for finding in prove() if not finding.is_right]
    assert wrong == []


def hear(client, server, order):
    """The callback about an order, as it comes over HTTP."""
    side = server.desk.wechat if order.way == "wechat" else server.desk.alipay
    headers, body = side.paid_notice(order)
    kind = headers.pop("Content-Type")
    return client.post(f"/pay/{order.way}/notice/", body, content_type=kind, headers=headers)


def test_an_order_holds_the_price_and_shows_a_code(opened, server):
    assert (opened.amount, opened.status, opened.shown["code"]) == (5_500, CheckoutStatus.OPEN, f"{server.url}scan/{opened.reference}")
    assert server.desk.orders.find(opened.reference).subject == "燃气 20\xa0m³"


@pytest.mark.parametrize(("provider", "answer"), [("wechat", b""), ("alipay", b"success")])
def test_a_callback_credits_once_however_often_it_comes(basket_of, olive, server, client, now, provider, answer):
    checkout = open_checkout(basket=basket_of(provider=provider), by=olive, at=now)
    present(checkout=checkout, at=now)
    if provider == "alipay":
        server.desk.alipay.answer(dict(_query(fresh(checkout).shown["url"])))
    order = pay(server, checkout)
    answers = [hear(client, server, order) for _ in range(3)]
    assert [answer_.content for answer_ in answers] == [answer] * 3
    top_up = fresh(checkout).top_up
    assert (top_up.status, top_up.litres, top_up.payment.method) == (TopUpStatus.PAID, 20_000, provider)
    assert (TopUp.objects.count(), Payment.objects.count(), Receipt.objects.count(), ProviderPayment.objects.count()) == (1, 1, 1, 1)
    assert (balance(provider), balance("prepaid")) == (5_500, -5_500)
    check_books()


def _query(url):
    from urllib.parse import parse_qsl, urlsplit

    return parse_qsl(urlsplit(url).query)


def test_a_callback_that_never_comes_is_asked_for(opened, server, now):
    pay(server, opened)
    assert ask_due(at=now + timedelta(seconds=19)) == 0
    assert ask_due(at=now + timedelta(seconds=20)) == 1
    assert fresh(opened).top_up.payment.amount == 5_500
    assert ProviderPayment.objects.get().heard_by == "query"
    assert ask_due(at=now + timedelta(days=2)) == 0


def test_the_promise_begins_when_the_customer_had_paid_and_ends_when_we_know(opened, server, now):
    pay(server, opened)
    ask_due(at=now + timedelta(seconds=20))
    timeline = fresh(opened).top_up.timeline
    moments = dict(Event.objects.filter(timeline=timeline).values_list("verb", "at"))
    assert list(moments) == ["top_up.ordered_online", "top_up.paid", "top_up.ready_to_write"]
    assert now <= moments["top_up.ordered_online"] <= moments["top_up.ready_to_write"] == now + timedelta(seconds=20)


def test_what_was_not_paid_in_time_expires_and_is_closed_at_the_provider(opened, server, now):
    ask_due(at=now + timedelta(minutes=15))
    assert (fresh(opened).status, fresh(opened).ask_at) == (CheckoutStatus.EXPIRED, None)
    assert server.desk.orders.find(opened.reference).state == "closed"
    check_books()


def test_money_that_came_in_the_last_moment_is_still_honoured(opened, server, client, now):
    order = pay(server, opened)
    Checkout.objects.filter(pk=opened.pk).update(status=CheckoutStatus.EXPIRED, ended_at=now)
    hear(client, server, order)
    assert (fresh(opened).status, TopUp.objects.get().amount) == (CheckoutStatus.PAID, 5_500)


def test_a_provider_that_is_down_for_an_hour_loses_nothing(opened, server, now):
    pay(server, opened)
    server.desk.orders.is_down = True
    for minutes in range(1, 61, 5):
        ask_due(at=now + timedelta(minutes=minutes))
    assert fresh(opened).status == CheckoutStatus.EXPIRED
    server.desk.orders.is_down = False
    ask_due(at=now + timedelta(hours=5))
    assert (fresh(opened).status, Receipt.objects.count()) == (CheckoutStatus.PAID, 1)
    check_books()


def test_nobody_is_shown_a_code_while_the_provider_is_down(basket_of, olive, server, now):
    server.desk.orders.is_down = True
    checkout = open_checkout(basket=basket_of(), by=olive, at=now)
    with pytest.raises(ProviderSilent):
        present(checkout=checkout, at=now)
    server.desk.orders.is_down = False
    assert present(checkout=checkout, at=now).shown["code"]


def test_a_payment_for_a_cancelled_order_is_held_and_goes_back(opened, olive, server, client, now):
    server.desk.orders.is_down = True
    cancel(checkout=opened, by=olive, at=now)
    server.desk.orders.is_down = False
    hear(client, server, pay(server, opened))
    held = ProviderPayment.objects.get()
    assert (held.use, held.held_because, balance("held"), TopUp.objects.count()) == ("held", "cancelled", -5_500, 0)
    check_books()
    refunds.send_due(at=now + timedelta(hours=1))
    assert Refund.objects.get().status == RefundStatus.SENT
    refunds.send_due(at=now + timedelta(hours=2))
    assert (Refund.objects.get().status, fresh(held).use) == (RefundStatus.DONE, "returned")
    assert (balance("held"), balance("wechat"), server.desk.orders.find(opened.reference).returned) == (0, 0, 5_500)
    check_books()


def test_what_is_paid_while_it_is_cancelled_is_used(opened, olive, server, now):
    pay(server, opened)
    with pytest.raises(PaidMeanwhile):
        cancel(checkout=opened, by=olive, at=now)
    assert fresh(opened).status == CheckoutStatus.PAID
    with pytest.raises(PaidMeanwhile):
        cancel(checkout=fresh(opened), by=olive, at=now)


def test_another_amount_is_held_and_the_order_stays_open(opened, server, client):
    hear(client, server, pay(server, opened, How.WRONG) and server.desk.orders.find(opened.reference))
    held = ProviderPayment.objects.get()
    assert (held.amount, held.held_because, fresh(opened).status) == (5_499, "amount", CheckoutStatus.OPEN)
    assert Refund.objects.get().amount == 5_499
    check_books()


def test_money_that_could_not_be_used_leaves_an_order_that_is_cancelled_like_any_other(opened, olive, server, now):
    server.desk.orders.pay(server.desk.orders.find(opened.reference), 5_499)
    cancel(checkout=opened, by=olive, at=now)
    assert (fresh(opened).status, ProviderPayment.objects.get().held_because) == (CheckoutStatus.CANCELLED, "amount")
    ask_due(at=now)
    assert (fresh(opened).ask_at, Refund.objects.count()) == (None, 1)
    check_books()


def test_money_that_could_not_be_used_leaves_an_order_that_expires_like_any_other(opened, server, now):
    server.desk.orders.pay(server.desk.orders.find(opened.reference), 5_499)
    ask_due(at=now + timedelta(seconds=20))
    assert fresh(opened).status == CheckoutStatus.OPEN
    ask_due(at=now + timedelta(minutes=15))
    assert (fresh(opened).status, fresh(opened).ask_at) == (CheckoutStatus.EXPIRED, None)
    check_books()


def test_money_for_an_order_nobody_knows_waits_for_a_person(server, client):
    from billing.stand_in.orders import Order

    order = server.desk.orders.open(Order(way="wechat", reference="PUNKNOWN", amount=100, subject="", notice_url=""))
    answer = hear(client, server, pay(server, Checkout(reference="PUNKNOWN")) and order)
    assert (answer.status_code, ProviderPayment.objects.get().held_because) == (204, "unknown")
    assert Refund.objects.count() == 0
    check_books()


def test_forged_callbacks_are_refused_and_change_nothing(opened, server, client):
    headers, body = server.desk.wechat.notice("TRANSACTION.SUCCESS", "transaction", {})
    headers["Wechatpay-Signature"] = "AAAA"
    answer = client.post("/pay/wechat/notice/", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"code": "FAIL", "message": "bad_signature"})
    assert client.post("/pay/alipay/notice/", {"a": "b"}).status_code == 400
    assert ProviderPayment.objects.count() == 0


def test_one_request_sent_twice_opens_one_order(basket_of, olive, now):
    first, second = (open_checkout(basket=basket_of(), by=olive, at=now) for _ in range(2))
    assert first.pk == second.pk
    with pytest.raises(KeyReused):
        open_checkout(basket=basket_of(litres=30_000, key="key-20000"), by=olive, at=now)


def test_one_thing_at_a_time(basket_of, opened, olive, server, now):
    with pytest.raises(CheckoutOpen):
        open_checkout(basket=basket_of(key="other"), by=olive, at=now)
    pay(server, opened)
    ask_due(at=now + timedelta(seconds=20))
    with pytest.raises(CardBusy):
        open_checkout(basket=basket_of(key="other"), by=olive, at=now)


def test_an_old_price_and_a_way_that_is_not_offered_are_refused(basket_of, olive, now, settings):
    with pytest.raises(StaleQuote):
        open_checkout(basket=basket_of(fingerprint="old"), by=olive, at=now)
    settings.WECHAT_PAY_MCHID = ""
    with pytest.raises(NotOffered):
        open_checkout(basket=basket_of(), by=olive, at=now)
    assert "wechat" not in providers.offered()


def test_the_hall_that_numbers_online_receipts_is_no_place_to_go_to(opened, server, client, now):
    pay(server, opened)
    ask_due(at=now + timedelta(seconds=20))
    receipt = Receipt.objects.select_related("hall").get()
    assert (receipt.full_number, receipt.facts["slip"] != "") == ("WEB-2026-000001", True)
    assert receipt.hall.name not in client.get("/halls/").text


def test_a_purchase_not_on_the_card_goes_back_the_way_it_came(opened, server, fang, now):
    pay(server, opened)
    ask_due(at=now + timedelta(seconds=20))
    top_up = TopUp.objects.get()
    reversal = ask_reversal(top_up=top_up, reason="wrong account", by=fang.user, at=now)
    carry_out_reversal(reversal=reversal, shift=None, by=fang.user, at=now)
    assert (balance("prepaid"), balance("held"), balance("wechat")) == (0, -5_500, 5_500)
    check_books()
    refunds.send_due(at=now + timedelta(hours=1))
    refunds.send_due(at=now + timedelta(hours=2))
    assert (fresh(top_up).status, Refund.objects.get().status, balance("wechat")) == (TopUpStatus.REVERSED, RefundStatus.DONE, 0)
    assert Receipt.objects.get(kind="red_letter").hall.kind == "online"
    check_books()


def test_a_refund_we_gave_up_on_is_done_when_the_provider_says_so_after_all(opened, olive, server, client, now):
    server.desk.orders.is_down = True
    cancel(checkout=opened, by=olive, at=now)
    server.desk.orders.is_down = False
    hear(client, server, pay(server, opened))
    refund = Refund.objects.get()
    for state in (RefundState.FAILED, RefundState.DONE, RefundState.FAILED):
        refunds.note_outcome(reference=refund.reference, state=state, by=olive, at=now)
    assert (fresh(refund).status, ProviderPayment.objects.get().use, balance("held")) == (RefundStatus.DONE, "returned", 0)
    check_books()


def test_what_a_provider_gave_back_in_silence_is_not_transferred_once_more(opened, olive, server, client, mei, now):
    server.desk.orders.is_down = True
    cancel(checkout=opened, by=olive, at=now)
    server.desk.orders.is_down = False
    hear(client, server, pay(server, opened))
    refunds.send_due(at=now + timedelta(hours=1))
    Refund.objects.update(status=RefundStatus.FAILED)
    server.desk.orders.is_down = True
    with pytest.raises(NotToldThere):
        note_given_by_hand(refund=Refund.objects.get(), by=mei.user, at=now)
    server.desk.orders.is_down = False
    with pytest.raises(GoneThere):
        note_given_by_hand(refund=Refund.objects.get(), by=mei.user, at=now)
    assert (Refund.objects.get().status, balance("wechat"), balance("bank")) == (RefundStatus.DONE, 0, 0)
    check_books()
