"""Made-up works for the documentation."""

ENTRY = {"text": "Trench dug, pipe laid, pressure holds."}
DEFECT = {
    "text": "The valve before the stove leaks.",
    "grade": "critical",
    "clause": "GB 50028 10.2",
    "party": "contractor",
    "due_at": "2026-11-25T17:30:00+08:00",
}
FOUND = {"defects": [DEFECT]}
DISPATCH = {"to": "installer", "installer": "082"}
SEND_OUT = {"installer": "082", "planned_for": "2026-12-04T17:30:00+08:00"}
CHECK = {"is_good": True, "version": 1}
GAS_ON = {
    "name": "周敏",
    "phone": "139 0013 9000",
    "place": "卞庄街道文峰路12号",
    "door": "909室",
    "price_class": "resident",
    "meter": {"kind": "volume", "serial": "G-77", "maker": "Goldcard", "model": "G2.5", "use_until": "2036-11-01", "cap_litres": 1_000_000},
}
WORKS = {
    "status": "corrections",
    "order": {
        "to": "installer",
        "installer": "082",
        "taken_at": "2026-11-17T09:00:00+08:00",
        "dispatched_at": "2026-11-17T09:20:00+08:00",
        "sent_out_at": "2026-11-17T09:20:00+08:00",
        "ready_at": None,
        "planned_for": None,
        "installed_at": "2026-11-19T15:00:00+08:00",
        "cancelled_at": None,
    },
    "log": [{"id": 1, "at": "2026-11-18T11:00:00+08:00", "staff": "082", "text": ENTRY["text"], "photos": [], "is_shown": False}],
    "defects": [
        {
            "id": 1,
            **DEFECT,
            "photo": None,
            "found_at": "2026-11-20T09:00:00+08:00",
            "told_at": None,
            "mended_at": None,
            "checked_at": None,
            "version": 0,
        }
    ],
    "gas_on": None,
}
