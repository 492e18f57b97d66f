"""Made-up calls for the documentation."""

from typing import Any

EVENT = {
    "event": "ringing",
    "call": "pbx7-20261120-000341",
    "line": "0539-3617087",
    "caller": "13800138000",
    "at": "2026-11-20T10:00:00+08:00",
}
HEARTBEAT = {"line": "0539-3617087", "is_reachable": True}
LINE = {"number": "0539-3617087", "name": "", "is_reachable": True, "heard_at": "2026-11-20T10:00:30+08:00"}
CALL: dict[str, Any] = {
    "reference": "CA3B4C5D6E7F",
    "exchange_id": "pbx7-20261120-000341",
    "line": "0539-3617087",
    "status": "talking",
    "agent": "040",
    "first_asked": "040",
    "account": None,
    "segment": "",
    "named": None,
    "rang_at": "2026-11-20T10:00:00+08:00",
    "answered_at": "2026-11-20T10:00:08+08:00",
    "ended_at": None,
    "ring_seconds": 8,
    "talk_seconds": None,
    "hold_seconds": 0,
    "call_type": "",
    "is_solved": None,
    "is_order_wanted": False,
    "cases": [],
}
RECORD = {"call_type": "consultation", "content": "Asked for the opening hours of the hall.", "is_solved": True}
SAVED = {
    **CALL,
    "status": "saved",
    "ended_at": "2026-11-20T10:02:11+08:00",
    "talk_seconds": 123,
    "call_type": "consultation",
    "is_solved": True,
}
