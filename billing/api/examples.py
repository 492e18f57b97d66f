"""The examples in the schema: one purchase of 60 m³ for account 3713240010, from quote to receipt."""

from datetime import date
from typing import Any

from ..devices.cards import CardImage, encode

_CARD = CardImage(
    factory_code="0037",
    area_code="3713",
    card_number="3713240001",
    password="0f1e2d3c4b5a6978",  # noqa: S106 - of no card
    counter=12,
    last_litres=50_000,
    cumulative_litres=640_000,
    cap_litres=100_000,
    alarm_litres=5_000,
    sold_on=date(2026, 10, 2),
)
IMAGE = encode(_CARD)

_TIERS = [
    {"number": 1, "upper_litres": 400000, "unit_price": 27500},
    {"number": 2, "upper_litres": 1000000, "unit_price": 33000},
    {"number": 3, "upper_litres": None, "unit_price": 41250},
]
_LINES = [
    {"tier": 1, "litres": 42000, "unit_price": 27500, "amount": 11550},
    {"tier": 2, "litres": 18000, "unit_price": 33000, "amount": 5940},
]
CARD: dict[str, Any] = {
    "number": "3713240001",
    "status": "active",
    "counter": 12,
    "cumulative_litres": 640000,
    "issued_at": "2024-03-01T09:00:00+08:00",
}
ACCOUNT_IN_LIST: dict[str, Any] = {
    "number": "3713240010",
    "status": "open",
    "use_kind": "residential",
    "price_class": "resident",
    "name": "李*",
    "address": "山东省临沂市兰陵县卞庄街道开元名都3号楼2单元501",
    "opened_at": "2024-03-01T09:00:00+08:00",
}
ACCOUNT: dict[str, Any] = {
    **ACCOUNT_IN_LIST,
    "phones": ["**** 8000"],
    "frozen_reason": "",
    "meter": {
        "serial": "M000000001",
        "kind": "volume",
        "maker": "金卡",
        "model": "G2.5",
        "cap_litres": 100000,
        "installed_at": "2024-03-01T09:00:00+08:00",
        "use_until": "2034-03-01",
    },
    "card": CARD,
    "position": {
        "tier_year": 2026,
        "year_began": "2026-01-01",
        "position_litres": 358000,
        "free_left_litres": 0,
        "tariff_version": 1,
        "currency": "CNY",
        "tiers": _TIERS,
    },
}
QUOTE: dict[str, Any] = {
    "account": "3713240010",
    "litres": 60000,
    "free_litres": 0,
    "amount": 17490,
    "currency": "CNY",
    "lines": _LINES,
    "tariff_version": 1,
    "effective_from": "2024-01-01",
    "decision": "示例",
    "tier_year": 2026,
    "position_litres": 358000,
    "most_litres": 100000,
    "tiers": _TIERS,
    "fingerprint": "9b2f0c6a4d1e8f7730a5c2b19e4d6f80",
}
SALE: dict[str, Any] = {
    "account": "3713240010",
    "litres": 60000,
    "fingerprint": QUOTE["fingerprint"],
    "method": "cash",
    "tendered": 20000,
}
TOP_UP: dict[str, Any] = {
    "reference": "T7K2M9QXW4HP",
    "account": "3713240010",
    "card": "3713240001",
    "kind": "purchase",
    "channel": "api",
    "status": "reserved",
    "litres": 60000,
    "free_litres": 0,
    "amount": 17490,
    "currency": "CNY",
    "lines": _LINES,
    "tariff_version": 1,
    "tier_year": 2026,
    "bought_on": "2026-11-20",
    "reason": "",
    "counter": 13,
    "paid_at": "2026-11-20T10:00:00+08:00",
    "written_at": None,
    "payment": {"method": "cash", "amount": 17490, "tendered": 20000, "change": 2510, "slip": "", "at": "2026-11-20T10:00:00+08:00"},
    "receipts": ["LL01-2026-000042"],
}
WRITTEN: dict[str, Any] = {**TOP_UP, "status": "written", "written_at": "2026-11-20T10:00:04+08:00"}
WRITE: dict[str, Any] = {"id": 8123, "reference": TOP_UP["reference"], "image": IMAGE, "started_at": "2026-11-20T10:00:02+08:00"}
READING: dict[str, Any] = {
    "diagnosis": "ready",
    "sentence": "The card is in order.",
    "content": {
        "card_number": "3713240001",
        "counter": 12,
        "litres": 0,
        "money": 0,
        "last_litres": 50000,
        "cumulative_litres": 640000,
        "sold_on": "2026-10-02",
    },
    "card": CARD,
    "account": ACCOUNT_IN_LIST,
    "settled": [],
    "unwritten": [],
}
RECEIPT: dict[str, Any] = {
    "number": "LL01-2026-000042",
    "kind": "payment",
    "hall": "LL01",
    "reference": TOP_UP["reference"],
    "amount": 17490,
    "corrects": None,
    "code": "7Q2MKX4HTP9W",
    "issued_at": "2026-11-20T10:00:00+08:00",
    "facts": {"currency": "CNY", "litres": 60000, "lines": _LINES},
}

CHECKOUT_ORDER: dict[str, Any] = {
    "account": "3713240010",
    "litres": 60000,
    "fingerprint": "0123456789abcdef0123456789abcdef",
    "provider": "wechat",
    "product": "qr",
}
CHECKOUT: dict[str, Any] = {
    "reference": "P7K2M9QXWR4H",
    "account": "3713240010",
    "status": "open",
    "standing": "waiting",
    "provider": "wechat",
    "product": "qr",
    "litres": 60000,
    "amount": 17490,
    "currency": "CNY",
    "lines": _LINES,
    "shown": {"code": "weixin://wxpay/bizpayurl?pr=p4lpSuKzz"},
    "opened_at": "2026-11-20T10:00:00+08:00",
    "expires_at": "2026-11-20T10:15:00+08:00",
    "top_up": None,
}
CHECKOUT_PAID: dict[str, Any] = {**CHECKOUT, "status": "paid", "standing": "not_on_card", "top_up": "T4Q8ZK2M7WXR"}
PROMISES = {
    "results": [
        {
            "promise": "T01",
            "title": "you have card, book and receipt back in your hand",
            "state": "kept",
            "started_at": "2026-11-20T10:00:00+08:00",
            "target_at": None,
            "due_at": "2026-11-20T10:15:00+08:00",
            "ended_at": "2026-11-20T10:02:30+08:00",
            "is_provisional": False,
            "reasons": ["This promise began on Fri 20 Nov 2026, 10:00.", "We promise it by Fri 20 Nov 2026, 10:15."],
        }
    ]
}
