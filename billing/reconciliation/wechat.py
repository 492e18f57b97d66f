"""WeChat Pay's bill of trades (“ALL”): a header, rows whose cells begin with a backtick, and a summary of two lines.

A payment is a row of its own; so is every refund, with the payment's number beside its own. A fee is positive where it was charged
and negative where it came back.
"""

from collections.abc import Mapping, Sequence

from .rows import BadBill, BadCell, BadRow, Bill, Kind, Row, cells, days_of, moment, money, number

PROVIDER = "wechat"
#: How its first line begins.
MARK = "交易时间,"
_SUMMARY = "总交易单数"
_NEEDED = ("交易时间", "微信订单号", "商户订单号", "交易状态", "手续费", "订单金额")
_PAID = {"SUCCESS"}
#: Said by a row about money that is on its way back, or that could not go: only what went counts.
_BACK = {"REFUND"}
_WENT = {"", "SUCCESS"}


def read(text: str) -> Bill:
    """The whole file. Raises BadBill where columns are missing or it ends before its summary."""
    lines = text.splitlines()
    header = [name.strip() for name in lines[0].split(",")]
    if missing := [name for name in _NEEDED if name not in header]:
        raise BadBill(f"columns:{missing[0]}")
    end = next((place for place, line in enumerate(lines) if line.startswith(_SUMMARY)), None)
    if end is None or end + 1 >= len(lines):
        raise BadBill("no_summary")
    rows, bad = _read_rows(lines[1:end], header)
    days = days_of(rows)
    if days is None:
        raise BadBill("empty")
    bad += _against_summary(rows, lines[end], lines[end + 1], is_whole=not bad)
    return Bill(provider=PROVIDER, first=days[0], last=days[1], rows=rows, bad=bad)


def _read_rows(lines: Sequence[str], header: Sequence[str]) -> tuple[list[Row], list[BadRow]]:
    rows: list[Row] = []
    bad: list[BadRow] = []
    for place, given in enumerate(cells(lines, header), start=2):
        try:
            if (row := _row(place, given)) is not None:
                rows.append(row)
        except BadCell as cell:
            bad.append(BadRow(number=place, because=str(cell)))
    return rows, bad


def _row(place: int, given: Mapping[str, str]) -> Row | None:
    state = given.get("交易状态", "")
    if state in _PAID:
        return Row(
            number=place,
            kind=Kind.PAYMENT,
            transaction=number(given, "微信订单号"),
            order_number=number(given, "商户订单号"),
            amount=_positive(given, "订单金额"),
            fee=money(given, "手续费"),
            at=moment(given, "交易时间"),
        )
    if state in _BACK:
        if given.get("退款状态", "") not in _WENT:
            return None
        return Row(
            number=place,
            kind=Kind.REFUND,
            transaction=number(given, "微信订单号"),
            order_number=number(given, "商户订单号"),
            refund_number=number(given, "商户退款单号"),
            amount=_positive(given, "申请退款金额" if given.get("申请退款金额") else "退款金额"),
            fee=money(given, "手续费"),
            at=moment(given, "交易时间"),
        )
    if state == "REVOKED":  # taken back before it was money
        return None
    raise BadCell("交易状态")


def _positive(given: Mapping[str, str], name: str) -> int:
    if (amount := money(given, name)) <= 0:
        raise BadCell(name)
    return amount


def _against_summary(rows: Sequence[Row], names: str, values: str, *, is_whole: bool) -> list[BadRow]:
    """A file that was cut, or written on by hand, does not add up. With bad rows in it, it cannot."""
    said = next(iter(cells([values], [name.strip() for name in names.split(",")])))
    try:
        fits = (money(said, "订单总金额"), money(said, "手续费总金额")) == (
            sum(row.amount for row in rows if row.kind is Kind.PAYMENT),
            sum(row.fee for row in rows),
        )
    except BadCell:
        fits = False
    return [] if fits or not is_whole else [BadRow(number=0, because="summary")]
