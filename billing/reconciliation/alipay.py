"""Alipay's bill of trades: GB 18030, lines about the file that begin with ``#``, and cells that end with a tab.

A refund is a row of the payment's number with a negative amount. The fee is written as what it does to our balance: -0.01 is a
cent that it cost us.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from .rows import YEARS, BadBill, BadCell, BadRow, Bill, Kind, Row, cells, days_of, moment, money, number

PROVIDER = "alipay"
#: How its first line begins.
MARK = "#支付宝"
_NEEDED = ("支付宝交易号", "商户订单号", "业务类型", "完成时间", "订单金额（元）", "服务费（元）")
_REFUND_NUMBER = "退款批次号/请求号"
_SPAN = re.compile(r"#起始日期：\[(\d{4})年(\d\d)月(\d\d)日 00:00:00\]\s*终止日期：\[(\d{4})年(\d\d)月(\d\d)日 00:00:00\]")
_TOTAL = re.compile(r"#(交易|退款)合计：(\d+)笔")


def read(text: str) -> Bill:
    """The whole file. Raises BadBill where columns are missing or its last lines are."""
    lines = text.splitlines()
    start = next((place for place, line in enumerate(lines) if line.startswith("支付宝交易号")), None)
    if start is None:
        raise BadBill("columns:支付宝交易号")
    header = [name.strip() for name in lines[start].split(",")]
    if missing := [name for name in _NEEDED if name not in header]:
        raise BadBill(f"columns:{missing[0]}")
    totals = {kind: int(count) for kind, count in _TOTAL.findall(text)}
    if not totals:
        raise BadBill("no_summary")
    rows, bad = _read_rows(lines, start, header)
    if not bad and totals != {**totals, "交易": _count(rows, Kind.PAYMENT), "退款": _count(rows, Kind.REFUND)}:
        bad.append(BadRow(number=0, because="summary"))
    first, last = _days(text, rows)
    return Bill(provider=PROVIDER, first=first, last=last, rows=rows, bad=bad)


def _count(rows: Sequence[Row], kind: Kind) -> int:
    return sum(row.kind is kind for row in rows)


def _days(text: str, rows: Sequence[Row]) -> tuple[date, date]:
    """As the file says: the last day is the one before its end."""
    if found := _SPAN.search(text):
        numbers = list(map(int, found.groups()))
        try:
            first, after = date(*numbers[:3]), date(*numbers[3:])
        except ValueError:
            raise BadBill("unreadable") from None
        if first.year not in YEARS or after.year not in YEARS:
            raise BadBill("unreadable")
        return first, max(first, after - timedelta(days=1))
    if (days := days_of(rows)) is None:
        raise BadBill("empty")
    return days


def _read_rows(lines: Sequence[str], start: int, header: Sequence[str]) -> tuple[list[Row], list[BadRow]]:
    rows: list[Row] = []
    bad: list[BadRow] = []
    for place, line in enumerate(lines[start + 1 :], start=start + 2):
        if line.startswith("#"):
            break
        if not line.strip():
            continue
        try:
            rows.append(_row(place, next(iter(cells([line], header)))))
        except BadCell as cell:
            bad.append(BadRow(number=place, because=str(cell)))
    return rows, bad


def _row(place: int, given: Mapping[str, str]) -> Row:
    kinds = {"交易": Kind.PAYMENT, "退款": Kind.REFUND}
    if (kind := kinds.get(given.get("业务类型", ""))) is None:
        raise BadCell("业务类型")
    amount = money(given, "订单金额（元）") * (1 if kind is Kind.PAYMENT else -1)
    if amount <= 0:
        raise BadCell("订单金额（元）")
    return Row(
        number=place,
        kind=kind,
        transaction=number(given, "支付宝交易号"),
        order_number=number(given, "商户订单号"),
        refund_number=number(given, _REFUND_NUMBER) if kind is Kind.REFUND else "",
        amount=amount,
        fee=-money(given, "服务费（元）"),
        at=moment(given, "完成时间"),
    )
