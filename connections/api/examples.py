"""Made-up applications for the documentation."""

NEW = {
    "kind": "commercial",
    "place": "兰陵县卞庄街道文峰路12号",
    "name": "周敏",
    "phone": "139 0013 9000",
    "organisation": "周家面馆",
    "appliances": {"range": 2},
    "outside": {"system": "aishandong", "number": "LY-2026-000077", "due_at": "2026-11-27T17:30:00+08:00"},
}
APPLICATION = {
    "reference": "C4K7QX2MP",
    "tracking_code": "7KQX2MPB",
    "kind": "commercial",
    "status": "accepted",
    "status_label": "accepted: papers, visit and survey",
    "channel": "api",
    "is_new_build": False,
    "is_one_stop": False,
    "is_with_gaps": True,
    "opened_at": "2026-11-20T10:00:00+08:00",
    "accepted_at": "2026-11-20T10:00:00+08:00",
    "processing_from": None,
    "closed_at": None,
    "place": "兰陵县卞庄街道文峰路12号",
    "organisation": "周家面馆",
    "contact_name": "周*",
    "contact_phone": "**** 9000",
    "outside": {"system": "aishandong", "number": "LY-2026-000077", "due_at": "2026-11-27T17:30:00+08:00"},
}
DETAIL = {
    **APPLICATION,
    "appliances": {"range": 2},
    "flow_litres": None,
    "steward": "徐欣",
    "ball": "applicant",
    "gas_on_by": "2026-12-18T17:30:00+08:00",
    "stages": [
        {
            "key": "needs",
            "name": "Talk about what is needed",
            "status": "running",
            "ball": "company",
            "begun_at": "2026-11-20T10:00:00+08:00",
            "planned_for": "2026-11-23T17:30:00+08:00",
            "promised_until": "2026-11-23T17:30:00+08:00",
            "ended_at": None,
        }
    ],
    "papers": [
        {
            "key": "licence",
            "name": "Business licence",
            "status": "wanted",
            "may_follow": False,
            "at_survey": False,
            "due_at": "2026-11-27T17:30:00+08:00",
        }
    ],
}
