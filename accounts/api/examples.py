"""Made-up accounts and entries of the priority register for the documentation."""

ACCOUNT = {
    "number": "3713240010",
    "status": "open",
    "use_kind": "residential",
    "price_class": "resident",
    "name": "李*",
    "address": "山东省临沂市兰陵县卞庄街道开元名都3号楼2单元501",
    "opened_at": "2024-03-01T09:00:00+08:00",
}

PRIORITY_ENTRY = {
    "id": 7,
    "ground": "equipment",
    "state": "standing",
    "name": "李*",
    "accounts": ["3713240010"],
    "evidence": "证明 0815",
    "since": "2026-11-20",
    "until": "2027-11-20",
    "ended_at": None,
    "why": "",
}
