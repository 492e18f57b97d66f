"""Bills of WeChat Pay and Alipay, read as these write them; and what is wrong with one is named row by row."""

import gzip
import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from billing.reconciliation import BadBill, read_bill
from billing.stand_in import bills
from billing.stand_in.orders import Order
from tests.pay_stand_in import keys

DAY = date(2026, 11, 19)
#: Half past four in the afternoon of that day in Beijing.
AT = datetime(2026, 11, 19, 8, 30, 5, tzinfo=UTC)


def order(way, number, *, paid=10_000, back=0, at=AT):
    made = Order(way=way, reference=f"P{number}", amount=paid, subject="燃气, 20 m³", notice_url="", state="paid")
    made.transaction, made.paid, made.paid_at = f"4200{number}", paid, at
    if back:
        made.refunds, made.returned_at = {f"R{number}": back}, {f"R{number}": at}
    return made


def bill_of(way, orders, day=DAY):
    found = bills.trades(orders, way, day)
    return bills.wechat(found, keys()) if way == "wechat" else bills.alipay(found, keys(), day)


@pytest.mark.parametrize("way", ["wechat", "alipay"])
def test_payments_refunds_and_fees_are_read_as_the_provider_writes_them(way):
    late = datetime(2026, 11, 19, 16, tzinfo=UTC)  # the next day in Beijing
    bill = read_bill(bill_of(way, [order(way, 1), order(way, 2, back=2_500), order(way, 3, at=late)]))
    assert (bill.provider, bill.first, bill.last, bill.bad) == (way, DAY, DAY, [])
    rows = [(row.kind.value, row.transaction, row.order_number, row.refund_number, row.amount, row.fee) for row in bill.rows]
    assert rows[:2] == [("payment", "42001", "P1", "", 10_000, 60), ("payment", "42002", "P2", "", 10_000, 60)]
    assert rows[2:] == [("refund", "42002", "P2", "R2", 2_500, -15)]
    assert bill.rows[0].at == AT


def test_a_day_on_which_nothing_happened_is_a_bill_of_alipay_too():
    bill = read_bill(bill_of("alipay", []))
    assert (bill.first, bill.last, bill.rows) == (DAY, DAY, [])


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ("`SUCCESS,", "`LOST,", "交易状态"),
        ("`42001,", "`,", "微信订单号"),
        ("`2026-11-19 16:30:05,", "`yesterday,", "交易时间"),
        ("`0.60,`0.60%,`100.00", "`0.60,`0.60%,`100.001", "订单金额"),
        ("`0.60,`0.60%,`100.00", "`0.60,`0.60%,`NaN", "订单金额"),
        ("`0.60,`0.60%,`100.00", "`0.60,`0.60%,`1E999999999999999", "订单金额"),
        ("`42001,", "`42\x1b01,", "微信订单号"),
        ("`2026-11-19 16:30:05,", "`0001-01-01 00:00:00,", "交易时间"),
        ("`0.60,`0.60%,`100.00", "`0.60,`0.60%,`0.00", "订单金额"),
    ],
)
def test_a_bad_row_of_wechat_is_named_and_stops_no_other(old, new, because):
    text = bill_of("wechat", [order("wechat", 1), order("wechat", 2, paid=500)]).decode()
    bill = read_bill(text.replace(old, new, 1).encode())
    assert [(bad.number, bad.because) for bad in bill.bad] == [(2, because)]
    assert [row.transaction for row in bill.rows] == ["42002"]


def test_a_bad_row_of_alipay_is_named_and_stops_no_other():
    packed = bill_of("alipay", [order("alipay", 1), order("alipay", 2, back=100)])
    text = zipfile.ZipFile(io.BytesIO(packed)).read(zipfile.ZipFile(io.BytesIO(packed)).namelist()[0]).decode("gb18030")
    bill = read_bill(text.replace("\t,退款\t", "\t,转账\t").encode("gb18030"))
    assert [(bad.number, bad.because) for bad in bill.bad] == [(8, "业务类型")]
    assert [row.transaction for row in bill.rows] == ["42001", "42002"]


def test_a_row_that_somebody_took_out_or_wrote_in_is_missed_in_the_summary():
    rows = bill_of("wechat", [order("wechat", 1), order("wechat", 2)]).decode().splitlines()
    shorter = read_bill("\r\n".join(rows[:1] + rows[2:]).encode())
    assert [(bad.number, bad.because) for bad in shorter.bad] == [(0, "summary")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"name,amount\nx,1", "unknown"),
        (b"PK\x03\x04nothing", "unreadable"),
        (gzip.compress(b"x")[:-9], "unreadable"),
        (b"\xff\xff\xff", "unreadable"),
        ("交易时间,微信订单号\n".encode(), "columns:商户订单号"),
        ("#支付宝业务明细查询\n".encode("gb18030"), "columns:支付宝交易号"),
        (bill_of("wechat", [order("wechat", 1)]).decode().split("总交易单数")[0].encode(), "no_summary"),
    ],
    ids=["other", "no zip", "cut gzip", "no text", "columns", "no list", "cut"],
)
def test_what_is_no_whole_bill_is_refused_as_a_whole(content, code):
    with pytest.raises(BadBill) as refusal:
        read_bill(content)
    assert refusal.value.code == code


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("billing.reconciliation.files.LARGEST", 1_000)
    with pytest.raises(BadBill, match="too_large"):
        read_bill(gzip.compress(b"0" * 2_000))


def zipped(name, method=zipfile.ZIP_STORED, spoil=None):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr(name, b"x" * 200)
    return (spoil or bytes)(packed.getvalue())


def of_alipay(old, new):
    text = bill_of("alipay", [order("alipay", 1)])
    with zipfile.ZipFile(io.BytesIO(text)) as archive:
        text = archive.read(archive.namelist()[0])
    assert old.encode("gb18030") in text
    return text.replace(old.encode("gb18030"), new.encode("gb18030"))


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda: of_alipay("#起始日期：[2026年11月", "#起始日期：[2026年13月"),
        lambda: of_alipay("#起始日期：[2026年", "#起始日期：[0001年"),
        lambda: bill_of("wechat", [order("wechat", 1)]) + b"\0",
        lambda: bill_of("wechat", [order("wechat", 1)]).replace(b"`42001,", b"`" + b"4" * 140_000 + b","),
        lambda: zipped("ab.csv", spoil=lambda packed: packed.replace(b"ab.csv", b"\xff\xff.csv")),
        lambda: zipped("a.csv", zipfile.ZIP_LZMA, spoil=lambda packed: packed[:50] + bytes(20) + packed[70:]),
    ],
    ids=["month", "year", "nul", "endless", "name", "lzma"],
)
def test_a_spoiled_file_is_refused_as_unreadable(spoiled):
    with pytest.raises(BadBill, match="unreadable"):
        read_bill(spoiled())
