"""Made-up accounts for the documentation."""

ACCOUNT = {
    "number": "3713240010",
    "status": "open",
    "use_kind": "residential",
    "price_class": "resident",
    "name": "李*",
    "address": "山东省临沂市兰陵县卞庄街道开元名都3号楼2单元501",
    "opened_at": "2024-03-01T09:00:00+08:00",
}
