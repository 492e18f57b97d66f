"""Made-up visits for the documentation."""

VISIT = {
    "id": 4711,
    "reference": "R4K7QX2MP",
    "purpose": "repair",
    "skill": "emergency",
    "urgency": "emergency",
    "rank": 2,
    "status": "offered",
    "status_label": "offered to a crew",
    "crew": "K1",
    "latitude": 34.8573,
    "longitude": 118.0707,
    "due_at": "2026-11-20T11:00:00+08:00",
    "agreed_from": None,
    "agreed_until": None,
    "late_foreseen_at": None,
    "asked_at": "2026-11-20T10:00:00+08:00",
    "accepted_at": None,
    "set_off_at": None,
    "arrived_at": None,
    "made_safe_at": None,
    "restored_at": None,
    "ended_at": None,
    "outcome": "",
    "version": 1,
}
OFFER = {
    "crew": "K1",
    "at": "2026-11-20T10:00:01+08:00",
    "lapses_at": "2026-11-20T10:05:01+08:00",
    "is_by_hand": False,
    "reasons": ["there in time", "works in this territory", "has nothing else to do", "reckoned from where it was last"],
    "answer": "",
    "answered_at": None,
    "why": "",
}
DETAIL = {**VISIT, "offers": [OFFER]}
SUGGESTIONS = {
    "results": [
        {
            "crew": "K1",
            "name": "抢修一班",
            "metres": 445,
            "minutes": 5,
            "reasons": ["in_time", "own_territory", "free", "position"],
            "reasons_text": OFFER["reasons"],
        }
    ],
    "forecast": {"minutes": 5, "is_late": False, "ways": []},
}
CREW = {
    "code": "K1",
    "name": "抢修一班",
    "skills": ["emergency", "indoor"],
    "is_on_call": False,
    "until": "2026-11-20T20:00:00+08:00",
    "people": ["061", "063"],
    "visits": {"on_site": 1},
    "latitude": 34.8601,
    "longitude": 118.0655,
}
RADIOED = {"step": "arrive", "told_by": "061", "happened_at": "2026-11-20T10:21:00+08:00", "version": 3}
#: Operation -> what is sent.
BODIES = {
    "offer_visit": {"crew": "K1", "version": 0},
    "recall_visit": {"reason": "A leak nearby goes first.", "version": 2},
    "reassign_visit": {"crew": "K2", "reason": "A leak nearby goes first.", "version": 2},
    "cancel_visit": {"version": 2},
}
PLANNING = {"starts_at": "2026-11-20T20:00:00+08:00", "ends_at": "2026-11-21T08:00:00+08:00", "is_on_call": False, "weeks": 2}
SHIFT = {"id": 815, "crew": "K1", "starts_at": "2026-11-20T20:00:00+08:00", "ends_at": "2026-11-21T08:00:00+08:00", "is_on_call": False}
