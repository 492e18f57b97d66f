"""A made-up offer for the documentation."""

DIGEST = "9f94baec92d8fa181514cc0c492d9c6d6d610119c9cb20b03b4d2a30be8ec46f"
OFFER = {
    "contract": {
        "number": "K2026-00042",
        "offered_at": "2026-11-20T10:00:00+08:00",
        "accepted_at": None,
        "valid_until": "2026-12-20",
        "total": 317_488,
        "lines": [
            {"words": "Connection to the network", "hundredths": 100, "price": 260_000, "amount": 260_000},
            {"words": "Pipe beyond the first ten metres", "hundredths": 1_250, "price": 4_599, "amount": 57_488},
        ],
    },
    "is_to_accept": True,
    "is_expired": False,
    "digest": DIGEST,
    "charge": None,
    "money": None,
    "currency": "CNY",
}
ACCEPTED = {
    **OFFER,
    "contract": {**OFFER["contract"], "accepted_at": "2026-11-21T09:30:00+08:00"},  # type: ignore[dict-item]
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
