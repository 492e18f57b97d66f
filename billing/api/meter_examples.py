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
ORDER = {
    "number": 8,
    "kind": "open_valve",
    "litres": 0,
    "because": "",
    "status": "queued",
    "top_up": None,
    "queued_at": "2026-11-20T02:00:00Z",
    "sent_at": None,
    "expires_at": "2026-11-27T02:00:00Z",
    "ended_at": None,
}
RECHARGE = {**ORDER, "number": 7, "kind": "recharge", "litres": 60_000, "top_up": "T0QK7M2XW4HP"}
FORECAST = {"source": "meter", "made_on": "2026-11-20", "ends_on": "2026-11-23", "earliest": "2026-11-22", "latest": "2026-11-25"}
STANDING = {
    "serial": "NB240000117",
    "diagnosis": "on_its_way",
    "sentence": "Paid. The meter fetches it when it connects next; pressing its communication key fetches it at once.",
    "balance_litres": 3_200,
    "emergency_left_litres": 3_500,
    "on_their_way_litres": 60_000,
    "reading_litres": 418_350,
    "valve": "open",
    "because": "",
    "valve_since": "2026-08-02T09:15:00Z",
    "battery_percent": 81,
    "heard_at": "2026-11-20T01:00:00Z",
    "commands": [RECHARGE],
    "forecast": FORECAST,
}
DAYS = {"results": CONNECTION["days"]}
