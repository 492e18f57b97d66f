"""WeChat's side of API v3: checks our signature, signs its replies, encrypts what it tells."""

import base64
import gzip
import hashlib
import json
import re
import secrets
import time
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from . import bills
from .keys import Keys, loaded
from .orders import Order, Orders

type Reply = tuple[int, dict[str, str], bytes]

_WINDOW = 300


class WeChatSide:
    """``uses_next_key``: it signs with its second key from now on."""

    def __init__(self, keys: Keys, orders: Orders, url: str) -> None:
        self.keys, self.orders, self.url = keys, orders, url
        self.uses_next_key = False
        #: Who may pay in the app.
        self.payers: frozenset[str] = frozenset()
        self._files: dict[str, bytes] = {}
        self._merchant = loaded(keys.merchant).public_key()
        self._own = {keys.platform_serial: loaded(keys.platform), keys.next_platform_serial: loaded(keys.next_platform)}

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """What WeChat answers to a request of ours; nothing unless it is signed with our key just now."""
        if not self._is_ours(method, target, headers.get("Authorization", ""), body):
            return self._sign(401, {"code": "SIGN_ERROR", "message": "签名错误"})
        path, asked = urlsplit(target).path, dict(parse_qsl(urlsplit(target).query))
        given = json.loads(body) if body else asked
        if path == "/v3/billdownload/file" and (file := self._files.get(asked.get("token", ""))) is not None:
            return 200, {"Content-Type": "application/gzip"}, file  # the real one does not sign files either
        for pattern, act in self._doors():
            if found := re.fullmatch(pattern, f"{method} {path}"):
                return self._sign(*act(given, *found.groups()))
        return self._sign(404, {"code": "RESOURCE_NOT_EXISTS"})

    def _doors(self) -> tuple[tuple[str, Any], ...]:
        order = r"/v3/pay/transactions/out-trade-no/(\w+)"
        return (
            (r"POST /v3/pay/transactions/(native|jsapi)", self._open),
            (rf"GET {order}", lambda given, number: self._tell(number)),
            (rf"POST {order}/close", lambda given, number: self._close(number)),
            (r"POST /v3/refund/domestic/refunds", self._refund),
            (r"GET /v3/refund/domestic/refunds/(\w+)", lambda given, number: self._tell_refund(number)),
            (r"GET /v3/bill/tradebill", self._tell_bill),
        )

    def _open(self, given: dict[str, Any], kind: str) -> tuple[int, dict[str, Any]]:
        if (given["mchid"], given["appid"]) != (self.keys.mchid, self.keys.appid):
            return 400, {"code": "APPID_MCHID_NOT_MATCH"}
        if kind == "jsapi" and given["payer"]["openid"] not in self.payers:
            return 400, {"code": "PARAM_ERROR", "message": "openid和appid不匹配"}
        order = Order(
            way="wechat",
            reference=given["out_trade_no"],
            amount=given["amount"]["total"],
            subject=given["description"],
            notice_url=given["notify_url"],
        )
        if self.orders.open(order).state != "open":
            return 403, {"code": "ORDERPAID" if self.orders.open(order).state == "paid" else "ORDER_CLOSED"}
        if kind == "native":
            return 200, {"code_url": f"{self.url}scan/{order.reference}"}
        return 200, {"prepay_id": f"wx{order.reference}"}

    def _tell(self, number: str) -> tuple[int, dict[str, Any]]:
        order = self.orders.find(number)
        return (404, {"code": "ORDER_NOT_EXIST"}) if order is None else (200, self._facts(order))

    def _facts(self, order: Order) -> dict[str, Any]:
        states = {"open": "NOTPAY", "paid": "SUCCESS", "closed": "CLOSED"}
        facts: dict[str, Any] = {"mchid": self.keys.mchid, "appid": self.keys.appid, "out_trade_no": order.reference}
        facts["trade_state"] = states[order.state]
        if order.paid_at:
            facts["transaction_id"] = order.transaction
            facts["success_time"] = order.paid_at.isoformat(timespec="seconds")
            facts["amount"] = {"total": order.paid, "payer_total": order.paid, "currency": "CNY", "payer_currency": "CNY"}
        return facts

    def _close(self, number: str) -> tuple[int, dict[str, Any]]:
        order = self.orders.find(number)
        if order is None:
            return 404, {"code": "ORDER_NOT_EXIST"}
        return (204, {}) if self.orders.close(order) else (400, {"code": "ORDERPAID"})

    def _refund(self, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        order = self.orders.by_transaction(given["transaction_id"])
        if order is None or given["amount"]["total"] != order.paid:
            return 404, {"code": "RESOURCE_NOT_EXISTS"}
        if not self.orders.refund(order, given["out_refund_no"], given["amount"]["refund"]):
            return 403, {"code": "NOT_ENOUGH"}
        return 200, {"out_refund_no": given["out_refund_no"], "status": "PROCESSING"}

    def _tell_refund(self, number: str) -> tuple[int, dict[str, Any]]:
        if self.orders.by_refund(number) is None:
            return 404, {"code": "RESOURCE_NOT_EXISTS"}
        return 200, {"out_refund_no": number, "status": "SUCCESS"}

    def _tell_bill(self, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Where the bill of a day can be fetched, and the digest of what is in it."""
        day = date.fromisoformat(given["bill_date"])
        if day >= datetime.now(ZoneInfo("Asia/Shanghai")).date():
            return 400, {"code": "INVALID_REQUEST"}
        found = bills.trades(self.orders, "wechat", day)
        if not found:
            return 400, {"code": "NO_STATEMENT_EXIST"}
        text, token = bills.wechat(found, self.keys), secrets.token_hex(16)
        self._files[token] = gzip.compress(text)
        digest = hashlib.sha1(text, usedforsecurity=False).hexdigest()
        return 200, {"download_url": f"{self.url}v3/billdownload/file?token={token}", "hash_type": "SHA1", "hash_value": digest}

    def paid_notice(self, order: Order) -> tuple[dict[str, str], bytes]:
        """The callback about a payment: its headers and body."""
        return self.notice("TRANSACTION.SUCCESS", "transaction", self._facts(order))

    def refund_notice(self, order: Order, number: str) -> tuple[dict[str, str], bytes]:
        """The callback about money that went back."""
        facts = {"mchid": self.keys.mchid, "out_trade_no": order.reference, "out_refund_no": number, "refund_status": "SUCCESS"}
        return self.notice("REFUND.SUCCESS", "refund", facts)

    def notice(self, event: str, kind: str, facts: Mapping[str, Any], *, at: float | None = None) -> tuple[dict[str, str], bytes]:
        """Any callback, encrypted and signed, at a moment of one's choice."""
        nonce = secrets.token_hex(6)
        sealed = AESGCM(self.keys.api_key.encode()).encrypt(nonce.encode(), json.dumps(facts).encode(), kind.encode())
        resource = {"original_type": kind, "algorithm": "AEAD_AES_256_GCM", "associated_data": kind, "nonce": nonce}
        body = {
            "id": secrets.token_hex(16),
            "event_type": event,
            "resource_type": "encrypt-resource",
            "resource": {**resource, "ciphertext": base64.b64encode(sealed).decode()},
        }
        text = json.dumps(body)
        return {"Content-Type": "application/json", **self.signed(text, at=at)}, text.encode()

    def signed(self, text: str, *, at: float | None = None) -> dict[str, str]:
        """The headers that make a text WeChat's."""
        serial = self.keys.next_platform_serial if self.uses_next_key else self.keys.platform_serial
        stamp, nonce = str(int(at or time.time())), secrets.token_hex(16)
        signature = self._own[serial].sign(f"{stamp}\n{nonce}\n{text}\n".encode(), PKCS1v15(), SHA256())
        return {
            "Wechatpay-Signature": base64.b64encode(signature).decode(),
            "Wechatpay-Timestamp": stamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": serial,
            "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        }

    def _sign(self, status: int, said: Mapping[str, Any]) -> Reply:
        text = json.dumps(said) if status != 204 else ""
        return status, {"Content-Type": "application/json; charset=utf-8", **self.signed(text)}, text.encode()

    def _is_ours(self, method: str, target: str, authorization: str, body: bytes) -> bool:
        kind, _, rest = authorization.partition(" ")
        said = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        if kind != "WECHATPAY2-SHA256-RSA2048" or said.get("mchid") != self.keys.mchid or said.get("serial_no") != self.keys.serial:
            return False
        if abs(time.time() - int(said["timestamp"])) > _WINDOW:
            return False
        message = f"{method}\n{target}\n{said['timestamp']}\n{said['nonce_str']}\n{body.decode()}\n"
        try:
            self._merchant.verify(base64.b64decode(said["signature"]), message.encode(), PKCS1v15(), SHA256())
        except InvalidSignature:
            return False
        return True
