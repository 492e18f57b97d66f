"""What the schema shows of the knowledge base."""

SEARCH = {"words": "the meter does not take my card", "limit": 3}
_TITLE = {"slug": "card-does-not-load", "title": "The meter does not take the card", "section": "top_up", "language": "en"}
HITS = {"results": [{**_TITLE, "excerpt": "Check in this order: The card is put in with the chip side as shown on the meter…"}]}
_LISTED = {**_TITLE, "version": 2, "published_at": "2026-11-20T10:00:00+08:00", "is_common": True}
TITLES = {"results": [_LISTED]}
ARTICLE = {
    **_LISTED,
    "body": "Check in this order:\n1. The card is put in with the chip side as shown on the meter.",
    "text": "Check in this order: The card is put in with the chip side as shown on the meter.",
    "is_older": False,
}
HELPED = {"is_useful": False, "words": "Which way is the chip?"}
QUESTION = {"text": "May a card be written at a petrol station?", "language": "en", "department": "marketing", "case": ""}
ASKED = {
    **{name: QUESTION[name] for name in ("text", "language", "department")},
    "id": 5,
    "case": None,
    "asked_at": "2026-11-20T10:00:00+08:00",
    "due_at": "2026-11-21T10:00:00+08:00",
    "answer": "",
    "answered_at": None,
    "article": None,
    "dropped_at": None,
}
ANSWER = {"answer": "Not yet. The machines are in the halls and in three shops."}
ANSWERED = {**ASKED, **ANSWER, "answered_at": "2026-11-20T11:00:00+08:00", "article": "question-5"}
