"""Bills fetched from the providers over HTTP: asked for with our signature, believed by theirs and by the file's digest."""

import gzip
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from billing import providers
from billing.providers.protocol import ProviderDown, ProviderRefused
from billing.reconciliation import read_bill
from billing.stand_in.orders import Order
from tests.pay_stand_in import pay_there, serving

YESTERDAY = datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=1)
NOON = datetime(YESTERDAY.year, YESTERDAY.month, YESTERDAY.day, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        for way in ("wechat", "alipay"):
            order = server.desk.orders.open(Order(way=way, reference=f"P{way}", amount=5_500, subject="燃气", notice_url=""))
            server.desk.orders.pay(order, 5_500)
            server.desk.orders.refund(order, f"R{way}", 1_000)
            order.paid_at, order.returned_at[f"R{way}"] = NOON, NOON
        yield server


@pytest.fixture(autouse=True)
def pays(server, settings):
    pay_there(settings, server)


@pytest.mark.parametrize("code", ["wechat", "alipay"])
def test_the_bill_of_yesterday_says_what_was_paid_and_given_back(code):
    bill = read_bill(providers.provider(code).statement(YESTERDAY))
    assert (bill.provider, bill.first, bill.bad) == (code, YESTERDAY, [])
    rows = [(row.kind.value, row.order_number, row.refund_number, row.amount) for row in bill.rows]
    assert rows == [("payment", f"P{code}", "", 5_500), ("refund", f"P{code}", f"R{code}", 1_000)]


@pytest.mark.parametrize("code", ["wechat", "alipay"])
def test_a_day_on_which_nothing_happened_has_no_bill(code):
    assert providers.provider(code).statement(YESTERDAY - timedelta(days=1)) is None


def test_a_day_that_is_not_over_has_no_bill_yet():
    with pytest.raises(ProviderRefused):
        providers.provider("wechat").statement(YESTERDAY + timedelta(days=2))  # today, if midnight has passed since we began


def test_a_file_that_is_not_the_one_announced_is_not_believed(monkeypatch):
    packed = gzip.compress(b"another text than the one whose digest was told")
    monkeypatch.setattr("billing.stand_in.wechat.gzip.compress", lambda text: packed)
    with pytest.raises(ProviderDown, match="digest"):
        providers.provider("wechat").statement(YESTERDAY)


@pytest.mark.parametrize(("code", "sdk"), [("wechat", "WeChat"), ("alipay", "Alipay")])
def test_an_answer_that_names_no_file_is_a_provider_that_is_down(code, sdk, monkeypatch):
    monkeypatch.setattr(f"billing.providers.{code}.{sdk}._call", lambda *args, **given: {})
    with pytest.raises(ProviderDown):
        providers.provider(code).statement(YESTERDAY)
