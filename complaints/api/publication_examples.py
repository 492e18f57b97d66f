"""Examples of published answers for the API's document."""

ANSWER = {
    "number": 12,
    "section": "meters",
    "language": "en",
    "question": "Why does the meter show no digits?",
    "answer": "Press the button; if it stays dark, change the four batteries and insert the card again.",
    "published_at": "2026-11-20T02:00:00Z",
    "files": [{"file": 1, "name": "answer-12-1.pdf", "content_type": "application/pdf", "size": 18231}],
}
PAGE = {"next": None, "previous": None, "results": [ANSWER]}
SEARCH = {"words": "meter is dark", "language": "en"}
FOUND = {"results": [ANSWER]}
