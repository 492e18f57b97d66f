"""WeChat Pay and Alipay, spoken over HTTP with real signatures: what a provider of ours believes, and what it does not."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from billing import providers
from billing.providers.protocol import (
    BadSignature,
    Closed,
    MoneyBack,
    NotForUs,
    Order,
    ProviderDown,
    ProviderRefused,
    RefundState,
    StaleCallback,
    UnknownSerial,
    Unreadable,
)
from billing.stand_in import How
from billing.stand_in.account import openid_of
from tests.pay_stand_in import pay_there, serving


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def pays(server, settings):
    server.desk.orders.is_down = False
    server.desk.wechat.uses_next_key = False
    pay_there(settings, server)


def order(reference, product="qr", **changes):
    facts = {"reference": reference, "amount": 5_500, "subject": "天然气 20 m³", "product": product}
    return Order(**{**facts, "expires_at": datetime.now(UTC) + timedelta(minutes=15), **changes})


def paid(server, code, reference, how=How.NEVER, **changes):
    """An order that somebody paid at the stand-in, and our provider."""
    provider = providers.provider(code)
    if server.desk.orders.find(reference) is None:
        provider.open(order(reference, **changes))
    found = server.desk.orders.find(reference)
    server.desk.pay(found, how)
    return provider, found


def test_providers_without_keys_are_not_offered(settings):
    settings.WECHAT_PAY_MCHID, settings.BANK_TRANSFER_TO = "", ""
    assert set(providers.offered()) == {"alipay"}
    with pytest.raises(providers.NotOffered):
        providers.provider("wechat")


@pytest.mark.parametrize("code", ["wechat", "alipay"])
def test_an_order_is_opened_paid_and_found_paid(server, code):
    provider = providers.provider(code)
    assert provider.open(order(f"PA{code}")).code == f"{server.url}scan/PA{code}"
    assert provider.ask(f"PA{code}") is None
    server.desk.pay(server.desk.orders.find(f"PA{code}"), How.NEVER)
    heard = provider.ask(f"PA{code}")
    assert (heard.order_number, heard.amount, heard.currency) == (f"PA{code}", 5_500, "CNY")
    assert abs(heard.paid_at - datetime.now(UTC)) < timedelta(seconds=30)


@pytest.mark.parametrize("code", ["wechat", "alipay"])
def test_a_closed_order_cannot_be_paid_and_a_paid_one_not_be_closed(server, code):
    provider, _order = paid(server, code, f"PB{code}")
    assert provider.close(f"PB{code}") is False
    provider.open(order(f"PC{code}"))
    assert provider.close(f"PC{code}") is True
    assert isinstance(provider.ask(f"PC{code}"), Closed)
    assert isinstance(provider.ask(f"PNEVER{code}"), Closed)


@pytest.mark.parametrize(("code", "first"), [("wechat", RefundState.UNDER_WAY), ("alipay", RefundState.DONE)])
def test_money_goes_back_in_parts_and_a_repeated_request_gives_back_once(server, code, first):
    provider, found = paid(server, code, f"PD{code}")
    back = MoneyBack(reference=f"R1{code}", transaction=found.transaction, order_number=found.reference, amount=1_500, total=5_500)
    assert (provider.ask_refund(back), provider.refund(back), provider.refund(back)) == (RefundState.UNKNOWN, first, first)
    assert (provider.ask_refund(back), found.returned) == (RefundState.DONE, 1_500)
    with pytest.raises(ProviderRefused):
        provider.refund(MoneyBack(**{**vars(back), "reference": f"R2{code}", "amount": 4_001}))


@pytest.mark.parametrize("code", ["wechat", "alipay"])
def test_a_provider_that_hangs_up_is_down(server, code):
    server.desk.orders.is_down = True
    with pytest.raises(ProviderDown):
        providers.provider(code).ask("PX")


def test_requests_signed_with_another_key_are_refused_by_wechat(server, settings):
    settings.WECHAT_PAY_KEY = settings.ALIPAY_KEY
    with pytest.raises(ProviderRefused, match="SIGN_ERROR"):
        providers.provider("wechat").ask("PX")


def test_replies_that_wechat_did_not_sign_are_not_believed(server, settings):
    serial = settings.WECHAT_PAY_PUBLIC_KEYS[0].partition(":")[0]
    settings.WECHAT_PAY_PUBLIC_KEYS = [f"{serial}:{settings.ALIPAY_PUBLIC_KEYS[0]}"]
    with pytest.raises(ProviderDown):
        providers.provider("wechat").open(order("PE"))


def test_both_keys_are_believed_while_wechat_changes_them(server):
    server.desk.wechat.uses_next_key = True
    provider, found = paid(server, "wechat", "PF")
    assert provider.ask("PF").amount == 5_500
    assert provider.hear(*server.desk.wechat.paid_notice(found), now=time.time()).paid.order_number == "PF"


def test_in_the_app_the_parameters_are_signed(server):
    shown = providers.provider("wechat").open(order("PG", product="app", payer=openid_of(1)))
    assert shown.app["package"] == "prepay_id=wxPG"
    assert len(shown.app["paySign"]) == 344


def test_in_the_app_pays_only_somebody_whom_the_account_knows(server):
    with pytest.raises(ProviderRefused, match="PARAM_ERROR"):
        providers.provider("wechat").open(order("PI", product="app", payer=openid_of(1, appid="wx2")))


def test_alipays_page_is_an_address_with_a_signature(server):
    shown = providers.provider("alipay").open(order("PH", product="page", return_url="http://127.0.0.1:1/back/"))
    assert shown.url.startswith(server.url + "gateway.do?")
    status, headers, _body = server.desk.alipay.answer(dict(_query(shown.url)))
    assert (status, headers["Location"]) == (302, f"{server.url}scan/PH")


def _query(url):
    from urllib.parse import parse_qsl, urlsplit

    return parse_qsl(urlsplit(url).query)


def changed(headers, **changes):
    return {**headers, **{name.replace("_", "-"): value for name, value in changes.items()}}


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda h, b: (changed(h, Wechatpay_Signature="AAAA"), b), BadSignature),
        (lambda h, b: (changed(h, Wechatpay_Signature="WECHATPAY/SIGNTEST/" + h["Wechatpay-Signature"]), b), BadSignature),
        (lambda h, b: (h, b.replace(b"SUCCESS", b"success")), BadSignature),
        (lambda h, b: (changed(h, Wechatpay_Nonce="other"), b), BadSignature),
        (lambda h, b: (changed(h, Wechatpay_Signature_Type="WECHATPAY2-SM2-WITH-SM3"), b), BadSignature),
        (lambda h, b: (changed(h, Wechatpay_Serial="AB12"), b), UnknownSerial),
        (lambda h, b: (changed(h, Wechatpay_Serial=""), b), UnknownSerial),
        (lambda h, b: (changed(h, Wechatpay_Timestamp="yesterday"), b), StaleCallback),
        (lambda h, b: ({}, b), StaleCallback),
    ],
)
def test_wechats_callbacks_are_believed_only_as_they_were_signed(server, damage, fault):
    provider, found = paid(server, "wechat", "PI")
    with pytest.raises(fault):
        provider.hear(*damage(*server.desk.wechat.paid_notice(found)), now=time.time())


@pytest.mark.parametrize("age", [-301, 301, 86_400])
def test_a_callback_signed_long_ago_or_in_the_future_is_not_taken(server, age):
    headers, body = server.desk.wechat.notice("TRANSACTION.SUCCESS", "transaction", {}, at=time.time() - age)
    with pytest.raises(StaleCallback):
        providers.provider("wechat").hear(headers, body, now=time.time())


@pytest.mark.parametrize(("name", "other"), [("mchid", "1900000999"), ("appid", "wx9")])
def test_genuine_callbacks_about_others_are_not_for_us(server, name, other):
    _provider, found = paid(server, "wechat", "PJ")
    facts = {**server.desk.wechat._facts(found), name: other}
    headers, body = server.desk.wechat.notice("TRANSACTION.SUCCESS", "transaction", facts)
    with pytest.raises(NotForUs):
        providers.provider("wechat").hear(headers, body, now=time.time())


def test_what_is_sealed_with_another_api_key_cannot_be_read(server, settings):
    _provider, found = paid(server, "wechat", "PK")
    settings.WECHAT_PAY_API_KEY = "0" * 32
    with pytest.raises(Unreadable):
        providers.provider("wechat").hear(*server.desk.wechat.paid_notice(found), now=time.time())


def test_a_refund_is_told_by_wechat(server):
    provider, found = paid(server, "wechat", "PL")
    told = provider.hear(*server.desk.wechat.refund_notice(found, "RXYZ"), now=time.time())
    assert (told.paid, told.refund.reference, told.refund.state) == (None, "RXYZ", RefundState.DONE)


def test_alipays_notice_is_believed_as_signed_and_for_our_app(server):
    provider, found = paid(server, "alipay", "PM")
    headers, body = server.desk.alipay.paid_notice(found)
    assert provider.hear(headers, body, now=0).paid.amount == 5_500
    with pytest.raises(BadSignature):
        provider.hear(headers, body.replace(b"55.00", b"5500.00"), now=0)
    with pytest.raises(Unreadable):
        provider.hear(headers, b"trade_no=1", now=0)
    with pytest.raises(NotForUs):
        provider.hear(*server.desk.alipay.notice({"seller_id": "2088"}), now=0)


@pytest.mark.parametrize(
    ("status", "more", "is_paid"),
    [
        ("TRADE_SUCCESS", {}, True),
        ("TRADE_FINISHED", {}, True),
        ("TRADE_CLOSED", {}, False),
        ("WAIT_BUYER_PAY", {}, False),
        ("TRADE_SUCCESS", {"gmt_refund": "2026-11-20 10:00:00", "refund_fee": "1.00"}, False),
    ],
)
def test_alipays_trades_count_as_paid_when_they_are(server, status, more, is_paid):
    payment = {"trade_no": "2026", "out_trade_no": "PN", "total_amount": "0.10", "gmt_payment": "2026-11-20 10:00:00"}
    told = providers.provider("alipay").hear(*server.desk.alipay.notice({"trade_status": status, **payment, **more}), now=0)
    assert (told.paid is not None) is is_paid
    assert told.paid is None or (told.paid.amount, told.paid.paid_at) == (10, datetime(2026, 11, 20, 2, tzinfo=UTC))


def test_both_keys_of_alipay_are_believed(server, settings):
    settings.ALIPAY_PUBLIC_KEYS = [settings.WECHAT_PAY_PUBLIC_KEYS[0].partition(":")[2], *settings.ALIPAY_PUBLIC_KEYS]
    provider, _found = paid(server, "alipay", "PO")
    assert provider.ask("PO").amount == 5_500
