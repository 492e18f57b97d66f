"""The bills the stand-in makes of what was paid at it: as WeChat and Alipay write theirs, down to backticks, tabs and encodings."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from .keys import Keys
from .orders import Order

_BEIJING = ZoneInfo("Asia/Shanghai")
_MOMENT = "%Y-%m-%d %H:%M:%S"
#: What both keep of a payment, per thousand, and give back with a refund.
PER_THOUSAND = 6

_WECHAT = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,"
    "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
)
_WECHAT_SUMMARY = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
_ALIPAY = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,"
    "支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,"
    "退款批次号/请求号,服务费（元）,分润（元）,备注"
)


@dataclass(frozen=True)
class Trade:
    """One row to be: a payment, or (``refund``) money that went back. Minor units."""

    order: Order
    at: datetime
    amount: int
    refund: str = ""

    @property
    def fee(self) -> int:
        """Negative where it comes back."""
        fee = fee_of(self.amount)
        return -fee if self.refund else fee


def fee_of(amount: int) -> int:
    """Rounded half up to a whole minor unit."""
    return (amount * PER_THOUSAND + 500) // 1000


def trades(orders: Iterable[Order], way: str, day: date) -> list[Trade]:
    """What came in and went back on a day of Beijing's, in the order of time."""
    return sorted((trade for order in orders if order.way == way for trade in _of(order) if _is_on(trade.at, day)), key=lambda one: one.at)


def _of(order: Order) -> Iterator[Trade]:
    if order.paid_at:
        yield Trade(order, order.paid_at, order.paid)
    for reference, amount in order.refunds.items():
        yield Trade(order, order.returned_at[reference], amount, reference)


def _is_on(moment: datetime, day: date) -> bool:
    return moment.astimezone(_BEIJING).date() == day


def wechat(found: Sequence[Trade], keys: Keys) -> bytes:
    """A bill of WeChat's, not yet packed."""
    rows = [_wechat_row(trade, keys) for trade in found]
    paid = [trade for trade in found if not trade.refund]
    back = sum(trade.amount for trade in found if trade.refund)
    came, fees = sum(trade.amount for trade in paid), sum(trade.fee for trade in found)
    summary = [str(len(found)), _yuan(came), _yuan(back), "0.00", _yuan(fees), _yuan(came), _yuan(back)]
    lines = [_WECHAT, *(_ticked(row) for row in rows), _WECHAT_SUMMARY, _ticked(summary)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _wechat_row(trade: Trade, keys: Keys) -> list[str]:
    paid, back = ("0.00", _yuan(trade.amount)) if trade.refund else (_yuan(trade.amount), "0.00")
    refund = ["9" + trade.refund, trade.refund, back, "0.00", "ORIGINAL", "SUCCESS"] if trade.refund else ["0", "0", back, "0.00", "", ""]
    head = [_beijing(trade.at), keys.appid, keys.mchid, "0", "", trade.order.transaction, trade.order.reference, "o-nobody", "NATIVE"]
    state = ["REFUND" if trade.refund else "SUCCESS", "OTHERS", "CNY", paid, "0.00"]
    return [*head, *state, *refund, trade.order.subject, "", _yuan(trade.fee), f"{PER_THOUSAND / 10:.2f}%", paid, back, ""]


def _ticked(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(["`" + cell for cell in cells])
    return text.getvalue()


def alipay(found: Sequence[Trade], keys: Keys, day: date) -> bytes:
    """A bill of Alipay's: a ZIP with the list and its summary."""
    stem = f"{keys.seller_id}_{day:%Y%m%d}_业务明细"
    bounds = f"#起始日期：[{day:%Y年%m月%d日} 00:00:00]   终止日期：[{day + timedelta(days=1):%Y年%m月%d日} 00:00:00]"
    head = ["#支付宝业务明细查询", f"#账号：[{keys.seller_id}0156]", bounds, "#" + "-" * 41 + "业务明细列表" + "-" * 36]
    rows = [_tabbed(_alipay_row(trade)) for trade in found]
    tail = ["#" + "-" * 41 + "业务明细列表结束" + "-" * 36, _total(found, "交易", is_back=False), _total(found, "退款", is_back=True)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{stem}.csv", "\r\n".join([*head, _ALIPAY, *rows, *tail, ""]).encode("gb18030"))
        archive.writestr(f"{stem}(汇总).csv", "\r\n".join(["#支付宝业务汇总查询", *tail[1:], ""]).encode("gb18030"))
    return packed.getvalue()


def _alipay_row(trade: Trade) -> list[str]:
    sign = -1 if trade.refund else 1
    amount, at = _yuan(sign * trade.amount), _beijing(trade.at)
    head = [trade.order.transaction, trade.order.reference, "退款" if trade.refund else "交易", trade.order.subject, at, at]
    zeros = ["0.00"] * 5
    return [*head, "", "", "", "", "*** (***)", amount, amount, *zeros, "", "0.00", "0.00", trade.refund, _yuan(-trade.fee), "0.00", ""]


def _total(found: Sequence[Trade], word: str, *, is_back: bool) -> str:
    amounts = [trade.amount for trade in found if bool(trade.refund) is is_back]
    return f"#{word}合计：{len(amounts)}笔，商家实收共{_yuan(-sum(amounts) if is_back else sum(amounts))}元，商家优惠共0.00元"


def _tabbed(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([cell + "\t" if cell else "" for cell in cells])
    return text.getvalue()


def _yuan(amount: int) -> str:
    return f"{Decimal(amount).scaleb(-2):.2f}"


def _beijing(moment: datetime) -> str:
    return moment.astimezone(_BEIJING).strftime(_MOMENT)
