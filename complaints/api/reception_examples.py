"""Made-up letters and applications for the documentation."""

_CASE = {
    "reference": "V4K7QX2MP",
    "tracking_code": "7KQX2MPB",
    "status": "received",
    "status_label": "received",
    "channel": "api",
    "opened_at": "2026-11-20T10:00:00+08:00",
    "closed_at": None,
    "contact_name": "周*",
    "contact_phone": "**** 9000",
    "outside_system": "aishandong",
    "outside_number": "LY-2026-000077",
    "version": 1,
}
LETTER = {**_CASE, "form": "question", "topic": "money", "triage": "", "told_until": None, "is_publishable": False}
LETTER_DETAIL = {
    **LETTER,
    "text": "Why is the bill of October higher?",
    "place": "",
    "answers": [
        {
            "number": "V4K7QX2MP/1",
            "text": "The second tier began in October.",
            "language": "en",
            "way": "sms",
            "at": "2026-11-20T11:00:00+08:00",
        }
    ],
}
NEW_LETTER = {
    "form": "question",
    "topic": "money",
    "text": "Why is the bill of October higher?",
    "name": "周敏",
    "phone": "139 0013 9000",
    "outside": {"system": "aishandong", "number": "LY-2026-000077"},
}
SERVICE = {**_CASE, "reference": "S4K7QX2MP", "service": "meter", "routed_at": None, "agreed_for": None}
SERVICE_DETAIL = {
    **SERVICE,
    "details": {"place": "文峰路12号"},
    "missing": ["meter"],
    "wishes": "After four.",
    "agreed_words": "",
    "done_words": "",
}
NEW_SERVICE = {"service": "meter", "details": {"place": "文峰路12号"}, "wishes": "After four.", "name": "周敏", "phone": "139 0013 9000"}
BODIES = {
    "decline_letter": {"reason": "Heating is the city's: 12345."},
    "ask_letter_writer": {"question": "Which month, and which account?"},
    "answer_letter": {"text": "The second tier began in October.", "way": "sms"},
    "forward_letter": {"to": "403", "question": "Which tier?"},
    "answer_for_direction": {"answer": "The second, since October."},
    "tell_letter_date": {"until": "2026-11-22T17:30:00+08:00", "reason": "The meter is checked first."},
    "ask_for_missing": {"items": ["meter"], "note": "It stands on its face."},
    "give_service_details": {"details": {"meter": "G4-118"}, "means": "call"},
    "route_service": {"to": "403"},
    "agree_service_time": {"agreed_for": "2026-11-23T16:00:00+08:00", "words": "After four."},
    "finish_service": {"words": "A new meter."},
}
