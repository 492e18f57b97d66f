"""A made-up offer for the documentation."""

DIGEST = "9f94baec92d8fa181514cc0c492d9c6d6d610119c9cb20b03b4d2a30be8ec46f"
CONTRACT = {
    "number": "K2026-00042",
    "offered_at": "2026-11-20T10:00:00+08:00",
    "accepted_at": None,
    "valid_until": "2026-12-20",
    "total": 317_488,
    "lines": [
        {
            "id": 1,
            "words": "Connection to the network",
            "hundredths": 100,
            "price": 260_000,
            "amount": 260_000,
            "refundable_until": "contract",
        },
        {
            "id": 2,
            "words": "Pipe beyond the first ten metres",
            "hundredths": 1_250,
            "price": 4_599,
            "amount": 57_488,
            "refundable_until": "ready",
        },
    ],
}
OFFER = {
    "contract": CONTRACT,
    "is_to_accept": True,
    "is_expired": False,
    "digest": DIGEST,
    "charge": None,
    "money": None,
    "currency": "CNY",
}
ACCEPTED = {
    **OFFER,
    "contract": {**CONTRACT, "accepted_at": "2026-11-21T09:30:00+08:00"},
    "is_to_accept": False,
    "charge": {
        "reference": "FCWBP5SYJQK2",
        "status": "open",
        "amount": 317_488,
        "due_on": "2026-12-05",
        "paid_at": None,
        "pay_url": "https://gas.example/pay/charges/FCWBP5SYJQK2/",
    },
    "money": {"paid": 0, "held": 0, "back": 0, "earned": 0},
}
WITHDRAWN = {**OFFER, "contract": None, "is_to_accept": False, "digest": ""}
QUOTES = {
    "designs": [{"number": 1, "file": "5f0c9e0a1b2c3d4e5f60718293a4b5c6", "note": "", "made_at": "2026-11-19T16:00:00+08:00"}],
    "quotes": [
        {
            "number": 1,
            "mark": "1.1795140800000000",
            "total": 317_488,
            "note": "",
            "design": 1,
            "made_at": "2026-11-19T16:00:00+08:00",
            "sent_at": "2026-11-20T10:00:00+08:00",
            "valid_until": "2026-12-20",
            "withdrawn_at": None,
            "contract": "K2026-00042",
            "lines": CONTRACT["lines"],
        }
    ],
}
DESIGN = {"file": "(bytes of drawing.pdf)", "note": "With the riser in the kitchen."}
DRAFT = {
    "lines": [{"fee": "connection"}, {"words": "Pipe beyond the first ten metres", "hundredths": 1_250, "price": 4_599}],
    "design": 1,
    "seen": "",
}
SEND = {"seen": "1.1795140800000000", "valid_until": "2026-12-20"}
DONE = {"done": [{"line": 2, "hundredths": 600}]}
