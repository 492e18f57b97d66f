"""Alipay, RSA2, over the package python-alipay-sdk: a page of theirs, and a code to scan (precreate).

The package writes the time of whatever machine it runs on; Alipay counts in Beijing's. And it knows one key of theirs where a
change of keys needs two: its private ``_verify`` is replaced, so the version is pinned and tests/billing/test_alipay.py watches it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from ..reconciliation.files import unpacked
from ..reconciliation.rows import BadBill
from . import pem
from .protocol import (
    BadSignature,
    Callback,
    Closed,
    Heard,
    MoneyBack,
    NotForUs,
    Order,
    ProviderDown,
    ProviderRefused,
    RefundState,
    Shown,
    Unreadable,
)

_BEIJING = ZoneInfo("Asia/Shanghai")
_MOMENT = "%Y-%m-%d %H:%M:%S"
_PAID = {"TRADE_SUCCESS", "TRADE_FINISHED"}
_TIMEOUT = 5
_DOWNLOAD_TIMEOUT = (3, 20)
_FINE, _BUSY = "10000", "20000"


@dataclass(frozen=True, kw_only=True)
class Keys:
    """An app at Alipay. ``public_keys`` may sign for Alipay."""

    gateway: str
    app_id: str
    seller_id: str
    private_key: str
    public_keys: tuple[str, ...]
    notice_url: str


class Alipay:
    """One seller at Alipay."""

    def __init__(self, keys: Keys) -> None:
        from alipay import AliPay
        from alipay.utils import AliPayConfig

        self.keys = keys
        self._sdks = [
            AliPay(
                appid=keys.app_id,
                app_notify_url=keys.notice_url,
                app_private_key_string=pem.private(keys.private_key),
                alipay_public_key_string=pem.public(key),
                sign_type="RSA2",
                config=AliPayConfig(timeout=_TIMEOUT),
            )
            for key in keys.public_keys
        ]
        self._verifiers = [sdk._verify for sdk in self._sdks]
        self._sdk = self._sdks[0]
        self._sdk._gateway = keys.gateway
        self._sdk._verify = self._is_signed

    def open(self, order: Order) -> Shown:
        asked = {
            "out_trade_no": order.reference,
            "total_amount": _written(order.amount),
            "subject": order.subject,
            "time_expire": order.expires_at.astimezone(_BEIJING).strftime(_MOMENT),
        }
        if order.product == "qr":
            return Shown(code=self._call("alipay.trade.precreate", asked, notify_url=self.keys.notice_url)["qr_code"])
        asked["product_code"] = "FAST_INSTANT_TRADE_PAY"
        more = {"notify_url": self.keys.notice_url, "return_url": order.return_url, "timestamp": _stamp()}
        return Shown(url=self.keys.gateway + "?" + self._sdk.client_api("alipay.trade.page.pay", asked, **more))

    def ask(self, reference: str) -> Heard | Closed | None:
        try:
            said = self._call("alipay.trade.query", {"out_trade_no": reference})
        except ProviderRefused as refusal:
            if refusal.code == "ACQ.TRADE_NOT_EXIST":
                return Closed()
            raise
        if said.get("trade_status") in _PAID:
            try:
                return _heard(said, said["send_pay_date"])
            except (KeyError, ValueError, InvalidOperation) as error:
                raise ProviderDown from error
        return Closed() if said.get("trade_status") == "TRADE_CLOSED" else None

    def close(self, reference: str) -> bool:
        try:
            self._call("alipay.trade.close", {"out_trade_no": reference})
        except ProviderRefused as refusal:
            if refusal.code not in {"ACQ.TRADE_NOT_EXIST", "ACQ.TRADE_STATUS_ERROR", "ACQ.REASON_TRADE_STATUS_INVALID"}:
                raise
            return refusal.code == "ACQ.TRADE_NOT_EXIST"
        return True

    def refund(self, back: MoneyBack) -> RefundState:
        asked = {"trade_no": back.transaction, "refund_amount": _written(back.amount), "out_request_no": back.reference}
        said = self._call("alipay.trade.refund", asked)
        return RefundState.DONE if said.get("fund_change") == "Y" else RefundState.UNDER_WAY

    def ask_refund(self, back: MoneyBack) -> RefundState:
        asked = {"trade_no": back.transaction, "out_request_no": back.reference}
        said = self._call("alipay.trade.fastpay.refund.query", asked)
        # Without a status the refund was never asked for, or has not succeeded yet: asking for it again is harmless.
        return RefundState.DONE if said.get("refund_status") == "REFUND_SUCCESS" else RefundState.UNKNOWN

    def statement(self, day: date) -> bytes | None:
        """Alipay announces no digest: its answer, which names the file, is signed, and a ZIP carries sums of its own."""
        import requests

        try:
            said = self._call("alipay.data.dataservice.bill.downloadurl.query", {"bill_type": "trade", "bill_date": day.isoformat()})
            answer = requests.get(said["bill_download_url"], timeout=_DOWNLOAD_TIMEOUT)
            answer.raise_for_status()
            unpacked(answer.content)
        except ProviderRefused as refusal:
            if refusal.code == "isp.bill_not_exist":
                return None
            raise
        except (KeyError, requests.RequestException, BadBill) as error:
            raise ProviderDown from error
        return answer.content

    def hear(self, headers: Mapping[str, str], body: bytes, *, now: float) -> Callback:
        try:
            said = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=100))
            signature, method = said.pop("sign"), said.pop("sign_type")
        except (ValueError, KeyError) as error:
            raise Unreadable from error
        if method != "RSA2" or not self._sdk.verify(dict(said), signature):
            raise BadSignature
        if (said.get("app_id"), said.get("seller_id")) != (self.keys.app_id, self.keys.seller_id):
            raise NotForUs
        return _read(said)

    def _is_signed(self, content: str, signature: str) -> bool:
        try:
            return any(verify(content, signature) for verify in self._verifiers)
        except ValueError:  # no base64
            return False

    def _call(self, name: str, asked: dict[str, Any], **more: str) -> dict[str, Any]:
        """One request, verified both ways. Raises ProviderDown and ProviderRefused."""
        from alipay.exceptions import AliPayException, AliPayValidationError

        try:
            said: dict[str, Any] = self._sdk.server_api(name, asked, timestamp=_stamp(), **more)
        except (OSError, ValueError, AttributeError, AliPayException, AliPayValidationError) as error:
            raise ProviderDown from error
        if said.get("code") == _FINE:
            return said
        if said.get("code") == _BUSY:
            raise ProviderDown(_BUSY)
        raise ProviderRefused(str(said.get("sub_code") or said.get("code")))


def _read(said: Mapping[str, str]) -> Callback:
    try:
        # Money that went back is told the same way, with the moment of it; we ask about refunds ourselves.
        is_paid = said["trade_status"] in _PAID and "gmt_refund" not in said
        return Callback(number=said["notify_id"], paid=_heard(said, said["gmt_payment"]) if is_paid else None)
    except (KeyError, ValueError, InvalidOperation) as error:
        raise Unreadable from error


def _heard(said: Mapping[str, Any], paid_at: str) -> Heard:
    return Heard(
        transaction=said["trade_no"],
        order_number=said["out_trade_no"],
        amount=_minor(said["total_amount"]),
        currency="CNY",
        paid_at=datetime.strptime(paid_at[:19], _MOMENT).replace(tzinfo=_BEIJING),
    )


def _written(amount: int) -> str:
    return str(Decimal(amount).scaleb(-2))


def _minor(text: str) -> int:
    value = Decimal(text).scaleb(2)
    if value != int(value):
        raise ValueError(text)
    return int(value)


def _stamp() -> str:
    return datetime.now(_BEIJING).strftime(_MOMENT)
