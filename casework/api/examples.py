"""Made-up cases for the documentation."""

CASE = {
    "reference": "G4K7QX2MP",
    "kind": "general_request",
    "subject": "Where is my card?",
    "status": "open",
    "status_label": "being worked on",
    "channel": "phone",
    "urgency": "normal",
    "account": "3713240010",
    "contact_name": "李*",
    "contact_phone": "**** 8000",
    "hall": "LL01",
    "owner": "017",
    "segment": "ordinary",
    "named": None,
    "opened_at": "2026-11-20T10:00:00+08:00",
    "due_at": "2026-11-20T10:10:00+08:00",
    "closed_at": None,
}
FILE = {
    "token": "9f1c0a52c8e4b7d3a6f05e19c2b48d70",
    "name": "meter.jpg",
    "content_type": "image/jpeg",
    "size": 240_118,
    "at": "2026-11-20T10:05:00+08:00",
}
DETAIL = {
    **CASE,
    "topic": "top_up",
    "text": "Where is my card?\nI bought gas on Monday.",
    "answer": "",
    "answered_at": None,
    "tracking_code": "7KQX2MPB",
    "story": [{"at": "2026-11-20T10:00:00+08:00", "text": "Opened, by phone", "by": "王芳 (017)", "note": ""}],
    "files": [FILE],
    "missing_papers": [{"name": "Lease", "remark": "page 2 is missing", "arrived_at": None}],
}
NEW = {"topic": "top_up", "text": "Where is my card?\nI bought gas on Monday.", "account": "3713240010", "channel": "phone"}
#: Operation -> what is sent.
BODIES = {
    "record_contact": {
        "means": "call",
        "direction": "out",
        "content": "Told her where it lies.",
        "is_reply": True,
        "ring_seconds": 6,
        "talk_seconds": 95,
    },
    "answer_case": {"text": "It lies at the hall in Kaiyuan Mingdu.", "means": "call"},
    "return_papers": {"papers": [{"name": "Lease", "remark": "page 2 is missing"}, {"name": "Identity card"}], "means": "sms"},
    "receive_papers": {"names": ["Lease"]},
    "reopen_case": {"reason": "It is not there."},
    "cancel_case": {"reason": "Found it at home."},
    "transfer_case": {"staff": "031", "note": "Speaks Russian."},
    "decline_case": {"reason": "Not my district."},
    "assign_case": {"staff": "031"},
}
