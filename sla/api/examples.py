"""What answers look like, for the schema."""

EXPLANATION = {
    "promise": "T15",
    "version": 1,
    "title": "An answer to your enquiry",
    "counts_from": "2026-11-23T08:30:00+08:00",
    "target_at": None,
    "due_at": "2026-11-25T17:30:00+08:00",
    "is_provisional": False,
    "reasons": [
        "This promise began on Fri 20 Nov 2026, 17:45.",
        "That is outside working hours, so time counts from the next start of work: Mon 23 Nov 2026, 08:30.",
        "We promise it by Wed 25 Nov 2026, 17:30.",
    ],
    "trace": None,
    "ladder": None,
}
STANDINGS = {
    "results": [
        {
            "promise": "T15",
            "title": "An answer to your enquiry",
            "state": "running",
            "started_at": "2026-11-20T10:00:00+08:00",
            "target_at": None,
            "due_at": "2026-11-23T10:00:00+08:00",
            "ended_at": None,
            "is_provisional": False,
            "reasons": ["This promise began on Fri 20 Nov 2026, 10:00.", "We promise it by Mon 23 Nov 2026, 10:00."],
        }
    ]
}
