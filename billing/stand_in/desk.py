"""What a developer lets the stand-in do: pay an order, and have it told in every way that happens in life."""

import base64
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum

from .account import AccountSide
from .alipay import AlipaySide
from .callbacks import Callbacks
from .keys import Keys
from .orders import AlreadyPaid, Order, Orders
from .wechat import WeChatSide

#: So many seconds after the payment a late callback comes.
LATE = 30.0


class How(StrEnum):
    """How an order is paid, and how we hear of it."""

    NOW = "now"
    LATE = "late"
    TWICE = "twice"
    NEVER = "never"
    FORGED = "forged"
    WRONG = "wrong"


class Desk:
    """Both providers behind one counter."""

    def __init__(self, keys: Keys, url: str) -> None:
        self.orders, self.callbacks = Orders(), Callbacks()
        self.wechat, self.alipay = WeChatSide(keys, self.orders, url), AlipaySide(keys, self.orders, url)
        self.account = AccountSide(keys)
        self.wechat.payers = self.account.openids
        self.late = LATE

    def pay(self, order: Order, how: How, *, times: int = 2) -> None:
        """Pay and tell. A forged callback is about money that nobody paid; of a wrong amount one unit is missing."""
        if how is How.FORGED:
            self._forge(order)
            return
        with suppress(AlreadyPaid):
            self.orders.pay(order, order.amount - 1 if how is How.WRONG else order.amount)
            order.told.append(how.value)
        if how is not How.NEVER and order.paid_at:
            headers, body = self._notice(order)
            after = self.late if how is How.LATE else 0.0
            self.callbacks.send(order.notice_url, headers, body, after=after, times=times if how is How.TWICE else 1)

    def tell_of_refund(self, order: Order, number: str) -> None:
        """WeChat calls when money is back; Alipay has told in its answer."""
        headers, body = self.wechat.refund_notice(order, number)
        self.callbacks.send(order.notice_url, headers, body, after=0.5)

    def _notice(self, order: Order) -> tuple[Mapping[str, str], bytes]:
        return self.wechat.paid_notice(order) if order.way == "wechat" else self.alipay.paid_notice(order)

    def _forge(self, order: Order) -> None:
        """Well made, but signed by nobody we trust."""
        dream = Orders()
        paid = dream.open(replace(order, state="open"))
        dream.pay(paid, paid.amount)
        headers, body = self._notice(paid)
        order.told.append(How.FORGED.value)
        if order.way == "wechat":
            headers = {**headers, "Wechatpay-Signature": base64.b64encode(bytes(256)).decode()}
        else:
            body = body.replace(b"TRADE_SUCCESS", b"TRADE_FINISHED")
        self.callbacks.send(order.notice_url, headers, body)
