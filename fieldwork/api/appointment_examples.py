"""Made-up appointments for the documentation."""

AGREED = {
    "visit": 4711,
    "purpose": "repair",
    "starts_at": "2026-11-23T09:00:00+08:00",
    "ends_at": "2026-11-23T11:00:00+08:00",
    "made_at": "2026-11-20T10:00:00+08:00",
}
FREE = {"starts_at": "2026-11-23T14:00:00+08:00", "ends_at": "2026-11-23T16:00:00+08:00", "free": 2}
APPOINTMENT = {"agreed": AGREED, "why_not": "", "version": 1, "slots": [FREE]}
_CHOOSING = {"starts_at": "2026-11-23T09:00:00+08:00", "version": 0}
#: Operation -> what is sent.
BODIES = {
    "agree_appointment": _CHOOSING,
    "move_appointment": _CHOOSING,
    "cancel_appointment": {},
    "arrange_appointment": {"purpose": "inspection", "starts_at": "2026-11-23T09:00:00+08:00"},
}
SLOT = {**FREE, "capacity": 3, "taken": 1}
PLAN = {
    "id": 12,
    "area": "兰陵县北部营业厅服务区",
    "purpose": "repair",
    "weekday": 0,
    "opens": "09:00:00",
    "closes": "11:00:00",
    "capacity": 3,
}
PLANNING = {"area": "兰陵县北部营业厅服务区", "purpose": "repair", "weekdays": [0, 1], "opens": "09:00", "closes": "11:00", "capacity": 3}
CLOSURE = {"id": 3, "area": None, "first_day": "2027-02-05", "last_day": "2027-02-11", "reason": "Spring Festival", "standing": 0}
CLOSING = {"area": "", "first_day": "2027-02-05", "last_day": "2027-02-11", "reason": "Spring Festival"}
