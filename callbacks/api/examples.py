"""Made-up follow-ups for the documentation."""

LINE = {
    "id": 17,
    "case": "R7K2QX4MP",
    "kind": "repair",
    "way": "phone",
    "status": "waiting",
    "is_pressing": False,
    "turn": 1,
    "born_at": "2026-11-20T10:42:00+08:00",
    "ring_from": "2026-11-20T10:42:00+08:00",
    "due_at": "2026-11-21T10:42:00+08:00",
    "handed_at": None,
    "attempts": 0,
    "link_sent_at": None,
    "settled": None,
    "score": None,
    "heard_by": "",
    "ended_at": None,
    "version": 0,
}
FOLLOW_UP = {
    **LINE,
    "questions": [
        {"code": "settled", "sort": "yes_no", "ask": "Does everything work again?", "is_required": True},
        {"code": "score", "sort": "score", "ask": "How satisfied are you with us, all in all?", "is_required": True},
    ],
    "answers": {},
    "texts": {},
    "words": "",
    "tries": [],
    "problems": [],
}
RESULTS = {
    "results": [
        {
            "kind": "repair",
            "count": 40,
            "statuses": {"heard": 31, "not_reached": 5, "waiting": 4},
            "reached": 86,
            "in_time": 97,
            "satisfied": 94,
            "unsettled": 1,
            "score": 4.6,
            "answers": {"attitude": 4.8, "settled": 0.97},
        }
    ]
}
#: Operation -> what is sent.
BODIES = {
    "hear_follow_up": {"settled": True, "score": 5, "answers": {"attitude": 5}, "words": "Very quick.", "version": 0},
    "note_follow_up_attempt": {"result": "no_answer", "version": 0},
    "hand_over_follow_up": {"version": 0},
    "send_follow_up_link": {"version": 1},
    "give_up_follow_up": {"version": 4},
    "refuse_follow_up": {"version": 0},
    "find_follow_up_number_wrong": {"version": 0},
    "write_follow_up_letter": {"text": "Your matter has ended. Is it settled, and how satisfied are you?", "version": 0},
}
