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
