"""Made-up interruptions for the documentation."""

OUTAGE = {
    "reference": "X4K7QX2MP",
    "kind": "accident",
    "status": "under_way",
    "status_label": "gas is off",
    "places": ["兰陵县 卞庄街道 开元名都 1号楼"],
    "reason": "A digger hit a pipe.",
    "starts_at": "2026-11-20T10:00:00+08:00",
    "promised_until": "2026-11-20T13:00:00+08:00",
    "ended_at": None,
    "customers": 96,
}
PLAN = {
    "places": [42],
    "reason": "New valves.",
    "starts_at": "2026-11-24T09:00:00+08:00",
    "until": "2026-11-24T15:00:00+08:00",
}
ACCIDENT = {"places": [42], "reason": "A digger hit a pipe.", "until": "2026-11-20T13:00:00+08:00"}
REACH = {"customers": 96, "homes": 92, "priority": 3, "channels": {"sms": 81, "email": 9, "cabinet": 6}}
WISHES = {"results": [{"id": 3, "outage": "X4K7QX2MP", "what": "night", "reason": "A hospital waits.", "asked_by": "210"}]}
DELIVERY = {
    "rounds": [{"number": 1, "kind": "begun", "made_at": "2026-11-20T10:00:00+08:00", "expected": 96, "written": 96, "is_finished": True}],
    "states": {"owed": 2, "delivered": 80, "sent": 8, "cabinet": 5, "dead": 1},
    "calls": {"total": 3, "open": 1, "reached": 2, "not_reached": 0},
}
PLACES = {"results": [{"id": 42, "name": "1号楼", "level": "building", "within": 17}]}
CALL = {"id": 7, "outage": "X4K7QX2MP", "account": "3713240010", "attempts": 1, "next_at": "2026-11-20T10:25:00+08:00", "result": ""}
WORDS = {
    "reach": REACH,
    "letters": [{"language": "en", "subject": "Gas is off: 1号楼", "text": "Gas is off after an accident: 1号楼. A digger hit a pipe."}],
}
#: Operation -> what is sent.
BODIES = {
    "plan_outage": PLAN,
    "declare_accident": ACCIDENT,
    "change_outage_plan": {**PLAN, "starts_at": "2026-11-25T09:00:00+08:00", "until": "2026-11-25T15:00:00+08:00"},
    "confirm_accident": ACCIDENT,
    "widen_outage": {"places": [43]},
    "promise_outage": {"until": "2026-11-20T15:00:00+08:00"},
    "end_outage": {"restored_at": "2026-11-20T12:40:00+08:00"},
    "call_off_outage": {"reason": "The valve is not needed."},
    "ask_outage_exception": {"what": "night", "reason": "A hospital waits."},
    "approve_outage_exception": {"decision": "Go, and tell the hospital."},
    "refuse_outage_exception": {"decision": "Wait until six."},
    "attach_outage_ticket": {"case": "R4K7QX2MP"},
    "detach_outage_ticket": {"case": "R4K7QX2MP"},
}
