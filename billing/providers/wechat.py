"""WeChat Pay, API v3, over the package wechatpayv3: Native QR and JSAPI.

Note [What we add to the package]
    It looks for the key of a signature among certificates that it fetches, knows one public key, and crashes on a serial
    number it does not know; it takes a callback signed yesterday; its gateway is a constant. Each of the three is a private
    name of ``Core`` that we set, so the version is pinned, and tests/billing/test_wechat.py breaks when one of them goes.
"""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from ..reconciliation.files import unpacked
from ..reconciliation.rows import BadBill
from . import pem
from .protocol import (
    BadSignature,
    Callback,
    Closed,
    Heard,
    MoneyBack,
    NotBelieved,
    NotForUs,
    Order,
    ProviderDown,
    ProviderRefused,
    RefundHeard,
    RefundState,
    Shown,
    StaleCallback,
    UnknownSerial,
    Unreadable,
)

#: A signature older or younger than this is not believed, in seconds.
WINDOW = 300
#: Connect, and read: a customer is waiting.
_TIMEOUT = (3, 5)
_HEADERS = ("Wechatpay-Signature", "Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Serial", "Wechatpay-Signature-Type")
#: What WeChat sends now and then to see whether we check signatures at all.
_PROBE = "WECHATPAY/SIGNTEST/"
_METHOD = "WECHATPAY2-SHA256-RSA2048"
_REFUND_STATES = {
    "SUCCESS": RefundState.DONE,
    "PROCESSING": RefundState.UNDER_WAY,
    "ABNORMAL": RefundState.FAILED,
    "CLOSED": RefundState.FAILED,
}
_CLOSED_STATES = {"CLOSED", "REVOKED", "PAYERROR"}
_PAID_STATES = {"SUCCESS", "REFUND"}


@dataclass(frozen=True, kw_only=True)
class Keys:
    """A merchant's account. ``public_keys`` are pairs of serial and key that may sign for WeChat; the first is the current one."""

    gateway: str
    mchid: str
    appid: str
    serial: str
    private_key: str
    api_key: str
    public_keys: tuple[tuple[str, str], ...]
    notice_url: str
    currency: str


class WeChat:
    """One merchant at WeChat Pay."""

    def __init__(self, keys: Keys) -> None:
        from wechatpayv3 import WeChatPay, WeChatPayType
        from wechatpayv3.utils import load_public_key

        self.keys = keys
        self._public_keys = {serial: load_public_key(pem.public(key)) for serial, key in keys.public_keys}
        serial, key = keys.public_keys[0]
        self._sdk = WeChatPay(
            wechatpay_type=WeChatPayType.NATIVE,
            mchid=keys.mchid,
            private_key=pem.private(keys.private_key),
            cert_serial_no=keys.serial,
            apiv3_key=keys.api_key,
            appid=keys.appid,
            notify_url=keys.notice_url,
            public_key=pem.public(key),
            public_key_id=serial,
            timeout=_TIMEOUT,
        )
        # Note [What we add to the package]
        self._sdk._core._gate_way = keys.gateway.rstrip("/")
        self._sdk._core._verify_signature = self._check_signed

    def open(self, order: Order) -> Shown:
        from wechatpayv3 import WeChatPayType

        asked: dict[str, Any] = {
            "description": order.subject,
            "out_trade_no": order.reference,
            "amount": {"total": order.amount, "currency": self.keys.currency},
            "time_expire": order.expires_at.astimezone().isoformat(timespec="seconds"),
        }
        if order.product == "qr":
            return Shown(code=self._call(self._sdk.pay, pay_type=WeChatPayType.NATIVE, **asked)["code_url"])
        said = self._call(self._sdk.pay, pay_type=WeChatPayType.JSAPI, payer={"openid": order.payer}, **asked)
        return Shown(app=self._app_parameters(said["prepay_id"]))

    def _app_parameters(self, prepay_id: str) -> dict[str, str]:
        """What ``WeixinJSBridge`` wants, signed by us."""
        stamp, nonce, package = str(int(time.time())), secrets.token_hex(16), f"prepay_id={prepay_id}"
        signature = self._sdk.sign([self.keys.appid, stamp, nonce, package])
        signed = {"package": package, "signType": "RSA", "paySign": signature}
        return {"appId": self.keys.appid, "timeStamp": stamp, "nonceStr": nonce, **signed}

    def ask(self, reference: str) -> Heard | Closed | None:
        try:
            said = self._call(self._sdk.query, out_trade_no=reference)
        except ProviderRefused as refusal:
            if refusal.code in {"ORDER_NOT_EXIST", "ORDERNOTEXIST"}:
                return Closed()
            raise
        if said.get("trade_state") in _PAID_STATES:
            try:
                return self._heard(said)
            except (NotForUs, KeyError, TypeError, ValueError) as error:
                raise ProviderDown from error
        return Closed() if said.get("trade_state") in _CLOSED_STATES else None

    def close(self, reference: str) -> bool:
        try:
            self._call(self._sdk.close, out_trade_no=reference)
        except ProviderRefused as refusal:
            if refusal.code not in {"ORDERPAID", "ORDER_CLOSED", "ORDERCLOSED", "ORDER_NOT_EXIST", "ORDERNOTEXIST"}:
                raise
            return refusal.code != "ORDERPAID"
        return True

    def refund(self, back: MoneyBack) -> RefundState:
        amount = {"refund": back.amount, "total": back.total, "currency": self.keys.currency}
        said = self._call(
            self._sdk.refund,
            out_refund_no=back.reference,
            transaction_id=back.transaction,
            amount=amount,
            notify_url=self.keys.notice_url,
        )
        return _REFUND_STATES.get(said.get("status", ""), RefundState.UNDER_WAY)

    def ask_refund(self, back: MoneyBack) -> RefundState:
        try:
            said = self._call(self._sdk.query_refund, out_refund_no=back.reference)
        except ProviderRefused as refusal:
            if refusal.code == "RESOURCE_NOT_EXISTS":
                return RefundState.UNKNOWN
            raise
        return _REFUND_STATES.get(said.get("status", ""), RefundState.UNDER_WAY)

    def statement(self, day: date) -> bytes | None:
        try:
            said = self._call(self._sdk.trade_bill, bill_date=day.isoformat(), bill_type="ALL", tar_type="GZIP")
        except ProviderRefused as refusal:
            if refusal.code == "NO_STATEMENT_EXIST":
                return None
            if refusal.code == "STATEMENT_CREATING":
                raise ProviderDown(refusal.code) from refusal
            raise
        try:
            return self._download(str(said["download_url"]), str(said["hash_value"]))
        except KeyError as missing:
            raise ProviderDown(missing) from missing

    def _download(self, url: str, digest: str) -> bytes:
        """The file itself is not signed: its digest is, in the answer that named it."""
        import requests

        if not url.startswith(self._sdk._core._gate_way + "/"):
            raise ProviderDown("elsewhere")
        try:
            status, content = self._sdk.download_bill(url)
            text = unpacked(content if isinstance(content, bytes) else content.encode())
        except (requests.RequestException, BadBill) as error:
            raise ProviderDown from error
        if status != HTTPStatus.OK or not hmac.compare_digest(hashlib.sha1(text, usedforsecurity=False).hexdigest(), digest.lower()):
            raise ProviderDown("digest")
        return text

    def hear(self, headers: Mapping[str, str], body: bytes, *, now: float) -> Callback:
        if not _is_fresh(headers.get("Wechatpay-Timestamp", ""), now):
            raise StaleCallback
        try:
            said = self._sdk.callback({name: headers.get(name, "") for name in _HEADERS}, body)
            number, resource = str(said["id"]), said["resource"]
        except NotBelieved:
            raise
        except Exception as error:  # the package raises whatever its own parsers do
            raise Unreadable from error
        return self._read(number, str(said.get("event_type", "")), resource)

    def _read(self, number: str, event: str, resource: Mapping[str, Any]) -> Callback:
        try:
            if event.startswith("REFUND."):
                self._check_is_ours(resource, names=("mchid",))
                state = _REFUND_STATES.get(resource["refund_status"], RefundState.UNDER_WAY)
                return Callback(number=number, refund=RefundHeard(reference=resource["out_refund_no"], state=state))
            is_paid = event == "TRANSACTION.SUCCESS" and resource["trade_state"] == "SUCCESS"
            return Callback(number=number, paid=self._heard(resource) if is_paid else None)
        except (KeyError, TypeError, ValueError) as error:
            raise Unreadable from error

    def _heard(self, said: Mapping[str, Any]) -> Heard:
        self._check_is_ours(said, names=("mchid", "appid"))
        return Heard(
            transaction=said["transaction_id"],
            order_number=said["out_trade_no"],
            amount=int(said["amount"]["total"]),
            currency=said["amount"].get("currency", "CNY"),
            paid_at=datetime.fromisoformat(said["success_time"]),
        )

    def _check_is_ours(self, said: Mapping[str, Any], *, names: tuple[str, ...]) -> None:
        if any(said.get(name) != getattr(self.keys, name) for name in names):
            raise NotForUs

    def _check_signed(self, headers: Mapping[str, str], body: str) -> bool:
        """For replies and callbacks alike. Raises NotBelieved rather than saying False: the package would only say “failed”."""
        from wechatpayv3.utils import rsa_verify

        signature, stamp, nonce, serial, method = (headers.get(name, "") for name in _HEADERS)
        if signature.startswith(_PROBE) or method != _METHOD:
            raise BadSignature
        if serial not in self._public_keys:
            raise UnknownSerial
        if not _is_fresh(stamp, time.time()):
            raise StaleCallback
        if not rsa_verify(stamp, nonce, body, signature, self._public_keys[serial]):
            raise BadSignature
        return True

    def _call(self, method: Any, **arguments: Any) -> dict[str, Any]:
        """One request, verified both ways. Raises ProviderDown and ProviderRefused."""
        import requests

        try:
            status, text = method(**arguments)
            said: dict[str, Any] = json.loads(text) if text else {}
        except (requests.RequestException, NotBelieved, ValueError) as error:
            raise ProviderDown from error
        if status in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}:
            return said
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.ACCEPTED}:
            raise ProviderDown(status)
        raise ProviderRefused(str(said.get("code", status)))


def _is_fresh(stamp: str, now: float) -> bool:
    return stamp.isdecimal() and len(stamp) < 12 and abs(now - int(stamp)) <= WINDOW
