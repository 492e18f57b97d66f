"""Made-up portfolios for the documentation."""

PORTFOLIO = {
    "standing_in_for": ["302"],
    "balls": {"company": 3, "applicant": 1},
    "results": [
        {
            "reference": "C4K7QX2MP",
            "status": "accepted",
            "steward": "301",
            "due_at": "2026-11-24T17:30:00+08:00",
            "due_what": "site survey",
            "band": "week",
            "ball": "company",
            "missing": 1,
            "visit_at": "2026-11-23T14:00:00+08:00",
            "is_mandated": True,
        }
    ],
}
_HEAP = {"code": "survey", "label": "site survey", "count": 12, "late": 2, "oldest": 864_000, "median": 172_800}
AGEING = {
    "count": 30,
    "statuses": [{**_HEAP, "code": "accepted", "label": "accepted: papers, visit and survey", "late": 0}],
    "stages": [_HEAP],
    "stewards": [{**_HEAP, "code": "17", "label": "徐欣"}],
    "areas": [{**_HEAP, "code": "urban", "label": "urban"}],
    "spent": [{"code": "survey", "label": "site survey", "count": 12, "company": 900_000, "applicants": 86_400, "others": 0}],
}
STEWARD = {"steward": "302", "since": "2026-11-20T10:00:00+08:00"}
TIMES = {
    "purposes": ["survey"],
    "slots": [{"starts_at": "2026-11-23T14:00:00+08:00", "ends_at": "2026-11-23T16:00:00+08:00", "free": 1}],
}
HAND_OVER = {"steward": "302", "note": "She works nights; ring after four.", "version": 4}
BOOK = {"purpose": "survey", "starts_at": "2026-11-23T14:00:00+08:00"}
AGREED = {
    "visit": 7,
    "purpose": "survey",
    "starts_at": "2026-11-23T14:00:00+08:00",
    "ends_at": "2026-11-23T16:00:00+08:00",
    "made_at": "2026-11-20T10:00:00+08:00",
}
