"""Made-up papers for the documentation."""

VERSION = {"number": 1, "at": "2026-11-20T11:00:00+08:00", "file": "9f1c2e", "is_accepted": None, "verdict": ""}
PAPER = {
    "key": "licence",
    "name": "Business licence",
    "hint": "The current one.",
    "consequence": "",
    "status": "handed_in",
    "may_follow": False,
    "at_survey": False,
    "due_at": "2026-11-27T17:30:00+08:00",
    "is_late": False,
    "verdict": "",
    "version": 1,
    "versions": [VERSION],
}
PAPERS = {
    "clocks": {"since": None, "holding": ["Business licence"], "company": 3600, "applicant": 0, "next_due": "2026-11-27T17:30:00+08:00"},
    "results": [PAPER],
}
VERDICT = {"verdict": "rejected", "reason": "The back is missing.", "version": 1}
JUDGED = {**PAPER, "status": "rejected", "verdict": "The back is missing.", "version": 2}
