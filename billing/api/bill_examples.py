"""The examples of readings and bills: account 3713240010, October and November 2026."""

from typing import Any

READING: dict[str, Any] = {
    "id": 512,
    "meter": "M000000004",
    "day": "2026-11-22",
    "litres": 158000,
    "source": "api",
    "standing": "accepted",
    "doubt": "",
    "why": "",
    "is_replaced": False,
    "taken_at": "2026-11-22T10:00:00+08:00",
}
LINE: dict[str, Any] = {
    "tier": 1,
    "litres": 28000,
    "unit_price": 27500,
    "amount": 7700,
    "version": 1,
    "year": 2026,
    "first": "2026-10-23",
    "last": "2026-11-22",
    "corrects": "",
}
BILL: dict[str, Any] = {
    "number": "BJZ5GU4HUZZ4",
    "account": "3713240010",
    "meter": "M000000004",
    "month": "2026-11-01",
    "first_day": "2026-10-23",
    "last_day": "2026-11-22",
    "basis": "reading",
    "previous_litres": 130000,
    "reading_litres": 158000,
    "litres": 28000,
    "amount": 7700,
    "credited": 0,
    "to_pay": 7700,
    "currency": "CNY",
    "lines": [LINE],
    "status": "open",
    "issued_at": "2026-12-01T00:20:00+08:00",
    "due_on": "2026-12-11",
    "paid_at": None,
}
PAYMENT: dict[str, Any] = {
    "number": "LL01-2026-B00042",
    "bill": "BJZ5GU4HUZZ4",
    "method": "cash",
    "amount": 7700,
    "tendered": 10000,
    "change": 2300,
    "slip": "",
    "currency": "CNY",
    "at": "2026-12-02T10:00:00+08:00",
}
CALCULATION: dict[str, Any] = {"litres": 28000, "amount": 7700, "currency": "CNY", "lines": [LINE]}
