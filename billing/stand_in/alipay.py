"""Alipay's side of its gateway: checks our RSA2 signature, signs its replies and its notices."""

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from . import bills
from .keys import Keys, loaded
from .orders import Order, Orders
from .wechat import Reply

_BEIJING = ZoneInfo("Asia/Shanghai")
_MOMENT = "%Y-%m-%d %H:%M:%S"
_FINE = {"code": "10000", "msg": "Success"}
_MISSING = {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST"}


class AlipaySide:
    """One app at Alipay."""

    def __init__(self, keys: Keys, orders: Orders, url: str) -> None:
        self.keys, self.orders, self.url = keys, orders, url
        self._app = loaded(keys.alipay_app).public_key()
        self._own = loaded(keys.alipay)
        #: Bills that were asked for, by the token in their address.
        self.files: dict[str, bytes] = {}

    def answer(self, given: Mapping[str, str]) -> Reply:
        """What the gateway answers to the parameters of a request; a page of theirs is a redirect."""
        method = given.get("method", "")
        if not self._is_ours(given):
            return self._sign(method, {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature"})
        asked = json.loads(given["biz_content"])
        if method == "alipay.trade.page.pay":
            order = self._open(asked, given)
            return 302, {"Location": f"{self.url}scan/{order.reference}"}, b""
        acts: dict[str, Callable[[Mapping[str, Any], Mapping[str, str]], dict[str, str]]] = {
            "alipay.trade.precreate": self._precreate,
            "alipay.trade.query": lambda asked, given: self._tell(asked),
            "alipay.trade.close": lambda asked, given: self._close(asked),
            "alipay.trade.refund": lambda asked, given: self._refund(asked),
            "alipay.trade.fastpay.refund.query": lambda asked, given: self._tell_refund(asked),
            "alipay.data.dataservice.bill.downloadurl.query": lambda asked, given: self._tell_bill(asked),
        }
        return self._sign(method, acts[method](asked, given) if method in acts else {"code": "40002", "sub_code": "isv.invalid-method"})

    def _open(self, asked: Mapping[str, Any], given: Mapping[str, str]) -> Order:
        order = Order(
            way="alipay",
            reference=asked["out_trade_no"],
            amount=int(Decimal(asked["total_amount"]).scaleb(2)),
            subject=asked["subject"],
            notice_url=given["notify_url"],
            return_url=given.get("return_url", ""),
        )
        return self.orders.open(order)

    def _precreate(self, asked: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
        order = self._open(asked, given)
        return {**_FINE, "out_trade_no": order.reference, "qr_code": f"{self.url}scan/{order.reference}"}

    def _tell(self, asked: Mapping[str, Any]) -> dict[str, str]:
        order = self.orders.find(asked["out_trade_no"])
        if order is None:
            return _MISSING
        states = {"open": "WAIT_BUYER_PAY", "paid": "TRADE_SUCCESS", "closed": "TRADE_CLOSED"}
        facts = {**_FINE, "out_trade_no": order.reference, "trade_status": states[order.state]}
        return {**facts, **_payment(order), "send_pay_date": _beijing(order.paid_at)} if order.paid_at else facts

    def _close(self, asked: Mapping[str, Any]) -> dict[str, str]:
        order = self.orders.find(asked["out_trade_no"])
        if order is None:
            return _MISSING
        return _FINE if self.orders.close(order) else {"code": "40004", "sub_code": "ACQ.TRADE_STATUS_ERROR"}

    def _refund(self, asked: Mapping[str, Any]) -> dict[str, str]:
        order = self.orders.by_transaction(asked["trade_no"])
        if order is None:
            return _MISSING
        is_back = self.orders.refund(order, asked["out_request_no"], int(Decimal(asked["refund_amount"]).scaleb(2)))
        return {**_FINE, "fund_change": "Y"} if is_back else {"code": "40004", "sub_code": "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"}

    def _tell_refund(self, asked: Mapping[str, Any]) -> dict[str, str]:
        is_known = self.orders.by_refund(asked["out_request_no"]) is not None
        return {**_FINE, "refund_status": "REFUND_SUCCESS"} if is_known else dict(_FINE)

    def _tell_bill(self, asked: Mapping[str, Any]) -> dict[str, str]:
        day = date.fromisoformat(asked["bill_date"])
        found = bills.trades(self.orders, "alipay", day)
        if day >= datetime.now(_BEIJING).date() or not found:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "isp.bill_not_exist"}
        token = secrets.token_hex(16)
        self.files[token] = bills.alipay(found, self.keys, day)
        return {**_FINE, "bill_download_url": f"{self.url}bills/{token}"}

    def paid_notice(self, order: Order) -> tuple[dict[str, str], bytes]:
        """The callback about a payment: its headers and body."""
        assert order.paid_at is not None
        facts = {"out_trade_no": order.reference, "trade_status": "TRADE_SUCCESS", "gmt_payment": _beijing(order.paid_at)}
        return self.notice({**facts, **_payment(order)})

    def notice(self, facts: Mapping[str, str]) -> tuple[dict[str, str], bytes]:
        """Any callback, signed."""
        said = {
            "notify_id": secrets.token_hex(17),
            "notify_type": "trade_status_sync",
            "notify_time": _beijing(datetime.now(_BEIJING)),
            "app_id": self.keys.app_id,
            "seller_id": self.keys.seller_id,
            "charset": "utf-8",
            **facts,
        }
        signature = self._signature("&".join(f"{name}={said[name]}" for name in sorted(said)))
        body = urlencode({**said, "sign_type": "RSA2", "sign": signature}).encode()
        return {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}, body

    def _signature(self, text: str) -> str:
        return base64.b64encode(self._own.sign(text.encode(), PKCS1v15(), SHA256())).decode()

    def _sign(self, method: str, said: Mapping[str, str]) -> Reply:
        text = json.dumps(said)
        body = f'{{"{method.replace(".", "_")}_response":{text},"sign":"{self._signature(text)}"}}'
        return 200, {"Content-Type": "application/json;charset=utf-8"}, body.encode()

    def _is_ours(self, given: Mapping[str, str]) -> bool:
        if given.get("app_id") != self.keys.app_id:
            return False
        signed = "&".join(f"{name}={given[name]}" for name in sorted(given) if name != "sign")
        try:
            self._app.verify(base64.b64decode(given.get("sign", "")), signed.encode(), PKCS1v15(), SHA256())
        except (InvalidSignature, ValueError):
            return False
        return True


def _payment(order: Order) -> dict[str, str]:
    return {"trade_no": order.transaction, "total_amount": str(Decimal(order.paid).scaleb(-2))}


def _beijing(moment: datetime) -> str:
    return moment.astimezone(_BEIJING).strftime(_MOMENT)
