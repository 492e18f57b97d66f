"""Paying in WeChat: by the WeChat that is linked to the cabinet, over the wallet of its own browser."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from accounts.operations import wechat_links
from accounts.wechat import Identity
from billing.models import Checkout
from billing.stand_in import How
from billing.stand_in.account import openid_of
from tests.desk.test_buying import order, url
from tests.pay_stand_in import pay_there, serving

PHONE = "Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0.50"
ELSEWHERE = "Mozilla/5.0 (X11; Linux) Firefox/140.0"


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture
def sofa(server, settings, client, signed_in, olive, now, time_machine):
    """Olive with her own WeChat linked, in WeChat's browser."""
    time_machine.move_to(now)
    pay_there(settings, server, WECHAT_REHEARSAL=False)
    wechat_links.link(user=olive, identity=Identity(settings.WECHAT_APPID, openid_of(1)), by=olive, at=now)
    client.defaults["HTTP_USER_AGENT"] = PHONE
    return signed_in(client, olive)


def ways(page):
    return re.findall(r'name="way" value="([^"]+)"', page.text)


def test_in_wechat_its_wallet_is_the_first_way_to_pay(sofa):
    assert ways(sofa.get(url("cabinet_buy"), {"volume": "20"}))[:2] == ["wechat:app", "wechat:qr"]


def test_elsewhere_and_without_a_link_it_is_no_way_to_pay(sofa, olive, now, settings):
    assert "wechat:app" not in ways(sofa.get(url("cabinet_buy"), {"volume": "20"}, headers={"User-Agent": ELSEWHERE}))
    wechat_links.unlink(user=olive, appid=settings.WECHAT_APPID, by=olive, at=now)
    assert "wechat:app" not in ways(sofa.get(url("cabinet_buy"), {"volume": "20"}))
    assert order(sofa, "wechat:app").status_code == 422


def test_the_page_hands_the_wallet_what_wechat_pay_signed_for_this_person(sofa, server):
    page = sofa.get(order(sofa, "wechat:app").url)
    checkout = Checkout.objects.get()
    given = json.loads(unescape(re.search(r'data-wechat-pay="([^"]+)"', page.text)[1]))
    assert given["package"] == f"prepay_id=wx{checkout.reference}"
    assert given.keys() == {"appId", "timeStamp", "nonceStr", "package", "signType", "paySign"}
    assert "data-outside-wechat" in page.text
    server.desk.pay(server.desk.orders.find(checkout.reference), How.NEVER)
    sofa.get(url("cabinet_payment_back", checkout.reference))
    assert 'data-code="not_on_card"' in sofa.get(url("cabinet_payment_live", checkout.reference)).text


def test_in_a_rehearsal_a_click_pays_in_any_browser(sofa, server, settings):
    settings.WECHAT_REHEARSAL = True
    sofa.defaults["HTTP_USER_AGENT"] = ELSEWHERE
    page = sofa.get(order(sofa, "wechat:app").url)
    assert f'href="{server.url}scan/{Checkout.objects.get().reference}"' in page.text


def test_another_account_than_that_of_wechat_pay_cannot_pay(sofa, settings):
    settings.WECHAT_PAY_APPID = "wx0000000000000002"
    assert "wechat:app" not in ways(sofa.get(url("cabinet_buy"), {"volume": "20"}))


def test_over_the_api_the_caller_pays_by_their_own_wechat(sofa, server, account):
    quote = sofa.post("/api/v1/quotes/", {"account": account.number, "litres": 20_000}, content_type="application/json").json()
    wanted = {"account": account.number, "litres": 20_000, "fingerprint": quote["fingerprint"], "provider": "wechat", "product": "app"}
    answer = sofa.post("/api/v1/checkouts/", wanted, content_type="application/json", headers={"Idempotency-Key": "k" * 20})
    assert answer.status_code == 201, answer.content
    assert answer.json()["shown"]["app"]["package"].startswith("prepay_id=wx")


def test_staff_see_that_a_cabinet_is_opened_from_wechat(client, signed_in, olive, qiang, account):
    type(olive).objects.filter(pk=olive.pk).update(phone=None)
    assert "signs in from WeChat" in signed_in(client, qiang).get(reverse("desk:account", args=[account.number])).text
