"""Examples of connected meters in the schema."""

CONNECTION = {
    "meter": "NB240000117",
    "number": 5120,
    "balance_litres": 3_200,
    "reading_litres": 418_350,
    "valve": "open",
    "battery_percent": 81,
    "days": [
        {"day": "2026-11-19", "used_litres": 940, "reading_litres": 417_930},
        {"day": "2026-11-20", "used_litres": 420, "reading_litres": 418_350},
    ],
    "done": [6],
}
COMMAND = {"number": 7, "kind": "recharge", "litres": 60_000, "because": "", "expires_at": "2026-11-27T02:00:00Z"}
RULES = {"low_litres": 5_000, "emergency_litres": 3_500, "idle_days": 12, "battery_percent": 5}
ANSWER = {
    "server_time": 1795140000000,
    "business_time": "2026-11-20T02:00:00Z",
    "rules": RULES,
    "commands": [COMMAND],
    "refused_days": [],
}
DONE = {"meter": "NB240000117", "number": 7}
CONFIRMED = {"meter": "NB240000117", "number": 7, "kind": "recharge", "status": "confirmed", "ended_at": "2026-11-20T10:00:00Z"}
