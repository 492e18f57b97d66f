"""What the schema shows."""

WEBHOOK = {
    "id": 3,
    "name": "outage map",
    "url": "https://hooks.example.com/pilotlight",
    "verbs": ["case.opened", "case.closed", "repair.*"],
    "created_at": "2026-11-20T10:00:00+08:00",
    "failures": 0,
    "failing_since": None,
    "disabled_at": None,
    "disabled_reason": "",
}
WISH = {"name": "outage map", "url": "https://hooks.example.com/pilotlight", "verbs": ["case.opened", "case.closed", "repair.*"]}
SECRET = {**WEBHOOK, "secret": "whsec_<32 random bytes in base64>"}
_WORDS = [{"language": "en", "title": "Longer hours in winter", "text": "From 1 December our halls stay open until 18:30."}]
PUBLIC_ANNOUNCEMENT = {"id": 12, "publish_at": "2026-11-20T10:05:00+08:00", "is_safety": False, "texts": _WORDS}
ANNOUNCEMENT = {
    **PUBLIC_ANNOUNCEMENT,
    "kind": "news",
    "status": "sending",
    "vip_at": "2026-11-20T10:00:00+08:00",
    "places": [42],
    "segments": [],
    "price_classes": ["resident"],
    "condition": "",
    "ways": ["sms", "voice"],
    "is_public": True,
    "expected": 1204,
    "owed_to_vip": 4,
    "owed_to_others": 1200,
    "written_by": "040",
    "approved_by": "090",
    "said": "",
    "messages": {"sent": 310, "owed": 893, "dead": 1},
}
ANNOUNCEMENT_BODIES = {
    "write_announcement": {"texts": _WORDS, "places": [42], "price_classes": ["resident"], "ways": ["sms", "voice"], "is_public": True},
    "schedule_announcement": {"publish_at": "2026-11-20T10:05:00+08:00"},
    "send_announcement_back": {"reason": "Which halls?"},
    "move_announcement": {"publish_at": "2026-11-21T10:05:00+08:00"},
    "cancel_announcement": {"reason": "Not decided yet."},
}
