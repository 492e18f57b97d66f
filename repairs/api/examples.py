"""Made-up repairs for the documentation."""

_CASE = {
    "reference": "R4K7QX2MP",
    "status": "ordered",
    "status_label": "ordered",
    "account": "3713240010",
    "channel": "api",
    "urgency": "emergency",
    "segment": "ordinary",
    "area": "urban",
    "opened_at": "2026-11-20T10:00:00+08:00",
    "closed_at": None,
    "due_at": "2026-11-20T11:00:00+08:00",
}
REPAIR = {
    **_CASE,
    "fault": "leak",
    "classification": "ordinary",
    "reasons": ["leak_reported", "not_all_known"],
    "why": ["a leak is reported", "not every question could be answered, so the worst is assumed"],
    "follows": None,
    "may_follow": False,
    "outcome": "",
    "tracking_code": "7KQX2MPB",
    "ordered_at": "2026-11-20T10:00:00+08:00",
    "finished_at": None,
}
STAFF_REPAIR = {
    **REPAIR,
    "text": "It smells in the kitchen.",
    "answers": {"smell": "yes", "hiss": "no"},
    "place": "",
    "latitude": 34.8573,
    "longitude": 118.0707,
    "contact_name": "李*",
    "contact_phone": "**** 8000",
    "near": [{"reference": "R2B8WX5NQ", "how": "same_building"}],
}
NEW = {"fault": "leak", "account": "3713240010", "text": "It smells in the kitchen.", "answers": {"smell": "yes", "hiss": "no"}}
PASSER_BY = {"fault": "pipe", "place": "34.8573, 118.0707", "text": "An excavator hit a yellow pipe.", "channel": "phone"}
TRIAGE = {"fault": "leak", "answers": {"hiss": "yes"}}
VERDICT = {
    "urgency": "emergency",
    "classification": "major",
    "skill": "emergency",
    "reasons": ["gas_heard", "leak_reported", "not_all_known"],
    "why": [
        "gas is heard streaming out",
        "a leak is reported",
        "not every question could be answered, so the worst is assumed",
    ],
}
RESTORATION = {**_CASE, "reference": "W7K2QX4MP", "status": "accepted", "status_label": "accepted", "urgency": "normal"}
RESTORATION |= {"channel": "hall", "due_at": "2026-11-20T14:00:00+08:00", "cause": "debt", "text": "", "done_at": None}
#: Operation -> what is sent.
BODIES = {
    "classify_repair": {"urgency": "urgent", "classification": "pipeline"},
    "follow_repair": {"lead": "R2B8WX5NQ"},
    "dispute_repair": {"words": "The flame goes out again."},
    "conclude_repair": {"words": "The stove's own tap was shut."},
    "accept_restoration": {"account": "3713240010", "cause": "debt"},
}
