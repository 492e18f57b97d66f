"""The examples of the kiosks' part of the schema: a card with 60 m³ to be written, and a write that did not succeed."""

from typing import Any

from .examples import CARD, IMAGE, TOP_UP, WRITE
from .examples import QUOTE as _QUOTE
from .examples import SALE as _SALE

__all__ = ["ENDED", "HEARD", "HEARTBEAT", "IMAGE", "QUOTE", "READING", "SALE", "SOLD", "WRITE"]

HEARTBEAT: dict[str, Any] = {"paper": "good", "reader": "good", "cash_box": "none", "door": "good", "software": "2.1"}
HEARD: dict[str, Any] = {
    "server_time": 1795140000000,
    "skew_ms": -120,
    "state": "working",
    "sells": False,
    "cash_room": 0,
    "currency": "CNY",
    "again_in": 100,
}
ORDER: dict[str, Any] = {
    "reference": TOP_UP["reference"],
    "status": "paid",
    "litres": 60000,
    "amount": 17490,
    "currency": "CNY",
    "can_be_written": True,
    "bought_on": "2026-11-20",
}
READING: dict[str, Any] = {
    "diagnosis": "unwritten",
    "sentence": "A paid purchase is not on the card yet. Write it first.",
    "content": {
        "card_number": CARD["number"],
        "counter": 12,
        "litres": 0,
        "money": 0,
        "last_litres": 50000,
        "cumulative_litres": 640000,
        "sold_on": "2026-10-02",
    },
    "account": "3713240010",
    "holder": "李*",
    "settled": [],
    "unwritten": [ORDER],
}
QUOTE: dict[str, Any] = {**_QUOTE, "cash_room": 250000}
SALE: dict[str, Any] = {"image": IMAGE, "litres": 60000, "fingerprint": _SALE["fingerprint"], "inserted": 20000}
SOLD: dict[str, Any] = {
    "order": {**ORDER, "status": "writing", "can_be_written": False},
    "lines": TOP_UP["lines"],
    "change": 2510,
    "receipts": ["LL01-2026-000042"],
    "write": WRITE,
    "slip": {"title": "Pilotlight Gas (demo)", "lines": ["Purchase: T7K2M9QXW4HP", "Volume: 60 m³", "Paid: ¥174.90", "Change: ¥25.10"]},
}
ENDED: dict[str, Any] = {
    "order": {**ORDER, "status": "unknown", "can_be_written": False},
    "reason": "pulled",
    "case": "G4K7QX2MP",
    "slip": {
        "title": "Nobody knows yet whether it is on the card",
        "lines": [
            "Purchase: T7K2M9QXW4HP",
            "The card was taken out too early. Put it back and read it: it will tell what was written.",
            "Your gas is paid for and not lost. Put the card in again, here or at any hall or kiosk.",
        ],
    },
}
CODE_ORDER: dict[str, Any] = {"image": IMAGE, "litres": 60000, "fingerprint": _SALE["fingerprint"], "provider": "wechat"}
CHECKOUT: dict[str, Any] = {
    "reference": "P7K2M9QXW4HP",
    "state": "waiting",
    "sentence": "No payment for this has reached us yet.",
    "amount": 17490,
    "currency": "CNY",
    "code": "weixin://wxpay/bizpayurl?pr=p4lpSuKzz",
    "expires_at": "2026-11-20T10:15:00+08:00",
    "order": None,
}
