"""Made-up appointments at halls for the documentation."""

from typing import Any

TIME = {"starts_at": "2026-11-23T10:00:00+08:00", "ends_at": "2026-11-23T10:30:00+08:00", "free": 2}
SERVICE = {"hall": "LL01", "service": "connection", "minutes": 45}
BOOKING = {
    "hall": "LL01",
    "service": "connection",
    "starts_at": "2026-11-23T10:00:00+08:00",
    "name": "孙丽",
    "phone": "+8613905390121",
    "note": "自建房报装",
    "language": "zh-hans",
}
APPOINTMENT: dict[str, Any] = {
    "reference": "H4K7QX2MP",
    "code": "BCDF2345",
    "hall": "LL01",
    "service": "connection",
    "minutes": 45,
    "starts_at": "2026-11-23T10:00:00+08:00",
    "ends_at": "2026-11-23T10:45:00+08:00",
    "status": "booked",
    "version": 0,
    "channel": "api",
    "account": None,
    "case": None,
    "name": "孙丽",
    "phone": "+8613905390121",
    "note": "自建房报装",
    "arrived_at": None,
    "called_at": None,
    "ended_at": None,
}
MOVE = {"starts_at": "2026-11-24T09:00:00+08:00", "version": 0}
NOTE = {"step": "arrive"}
