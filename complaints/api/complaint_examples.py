"""Made-up complaints for the documentation."""

NEW = {"about": "conduct", "text": "周二下午三号柜台的人大声对我喊叫。", "wanted_way": "call", "phone": "139 0013 9000", "name": "周敏"}
COMPLAINT = {
    "reference": "K4K7QX2MP",
    "tracking_code": "7KQX2MPB",
    "about": "conduct",
    "status": "investigating",
    "status_label": "being looked into",
    "channel": "api",
    "origin": "customer",
    "major_why": "",
    "outcome": "",
    "satisfaction": None,
    "opened_at": "2026-11-20T10:00:00+08:00",
    "decided_at": None,
    "closed_at": None,
    "next_due_at": "2026-11-20T10:30:00+08:00",
}
ANSWERED = {"number": 1, "text": "对不起。我们已经和同事谈过话。", "language": "zh-hans", "way": "call", "at": "2026-11-20T11:00:00+08:00"}
DETAIL: dict[str, object] = {**COMPLAINT, "text": "周二下午三号柜台的人大声对我喊叫。", "answers": [], "works": [], "inquiries": []}
SETTLED = {
    **DETAIL,
    "status": "answered",
    "status_label": "answered, what was promised is being done",
    "outcome": "partly",
    "decided_at": "2026-11-20T11:00:00+08:00",
    "answers": [ANSWERED],
    "works": [{"id": 17, "case": None, "words": "换表", "promised_at": "2026-11-27T17:30:00+08:00", "done_at": None}],
}
INQUIRY = {
    "id": 5,
    "question": "周二下午三号柜台发生了什么？",
    "is_to_contact": False,
    "asked_at": "2026-11-20T10:05:00+08:00",
    "answered_at": None,
    "finding": "",
}
BODIES = {
    "ask_about_complaint": {"staff": "017", "question": "周二下午三号柜台发生了什么？"},
    "judge_complaint": {"about": "safety", "major_why": "injury", "manner": ""},
    "answer_complaint": {
        "outcome": "partly",
        "text": "对不起。我们已经和同事谈过话。",
        "way": "call",
        "works": [{"words": "换表", "promised_at": "2026-11-27T17:30:00+08:00"}],
    },
    "refuse_complaint": {"text": "这件事发生在三年以前，记录已经没有了。", "way": "letter"},
}
