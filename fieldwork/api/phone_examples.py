"""Made-up visits for the documentation."""

VISIT = {
    "id": 4711,
    "reference": "R4K7QX2M9",
    "purpose": "repair",
    "skill": "emergency",
    "urgency": "emergency",
    "status": "accepted",
    "status_label": "taken on",
    "crew": "K1",
    "address": "山东省临沂市兰陵县卞庄街道开元名都3号楼2单元501",
    "latitude": 34.8573,
    "longitude": 118.0707,
    "due_at": "2026-11-20T11:00:00+08:00",
    "agreed_from": None,
    "agreed_until": None,
    "visit_code": "4071",
    "asked_at": "2026-11-20T10:00:00+08:00",
    "accepted_at": "2026-11-20T10:01:10+08:00",
    "set_off_at": None,
    "arrived_at": None,
    "made_safe_at": None,
    "restored_at": None,
    "ended_at": None,
    "outcome": "",
    "version": 2,
}
ARRIVED = {**VISIT, "status": "on_site", "status_label": "on site", "arrived_at": "2026-11-20T10:19:40+08:00", "version": 3}
PHOTO = {"key": "5d0c7a1e-2f4b-4c0a-9a51-0e6a3c1d7b21", "sha256": "9f" * 32, "is_joined": False}
_KEY = "0b7e2f8c-64a1-4d0e-8a5b-1c2d3e4f5a6b"
ARRIVAL = {"latitude": 34.8571, "longitude": 118.0709, "accuracy": 12, "gas_ppm": 40, "photos": [PHOTO["key"]]}
BATCH = {
    "device_now": "2026-11-20T13:25:02+08:00",
    "round_trip_ms": 180,
    "actions": [{"key": _KEY, "visit": 4711, "verb": "arrive", "device_at": "2026-11-20T13:19:40+08:00", **ARRIVAL}],
}
SYNCED = {
    "received_at": "2026-11-20T10:25:02+08:00",
    "ahead_ms": 10_800_090,
    "results": [{"key": _KEY, "outcome": "applied", "why": "", "happened_at": "2026-11-20T10:19:39.910000+08:00"}],
    "visits": [ARRIVED],
}
#: Verb -> what is sent with it.
BODIES = {
    "accept": {},
    "decline": {"reason": "No masks left in the vehicle."},
    "set_off": {"latitude": 34.8601, "longitude": 118.0655},
    "arrive": ARRIVAL,
    "made_safe": {"gas_ppm": 0, "note": "Valve closed."},
    "restored": {},
    "evidence": {"note": "Hose of 2019, cracked.", "photos": [PHOTO["key"]]},
    "work": {"part": "HOSE-15", "quantity_milli": 1_500},
    "read_meter": {"litres": 158_000},
    "sign": {"name": "李娜", "code": "482 907"},
    "finish": {"outcome": "done"},
    "find_nobody": {"note": "Left a card in the door.", "photos": [PHOTO["key"]]},
    "give_back": {"reason": "The vehicle broke down."},
}
