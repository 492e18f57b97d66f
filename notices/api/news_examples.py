"""Examples of news in the API's documentation."""

_TEXTS = [{"language": "en", "title": "A new kiosk", "text": "It stands in the lobby."}]
NEWS = {
    "id": 12,
    "category": "service",
    "status": "published",
    "about": "",
    "publish_at": "2026-11-20T10:00:00+08:00",
    "published_at": "2026-11-20T10:00:00+08:00",
    "corrected_at": None,
    "withdrawn_at": None,
    "withdrawn_why": "",
    "texts": _TEXTS,
    "corrections": [],
    "marks": 0,
    "kept_why": "",
    "said": "",
    "written_by": "040",
    "approved_by": "",
}
NEWS_BODIES = {
    "write_news": {"category": "service", "texts": _TEXTS},
    "rewrite_news": {"category": "service", "texts": _TEXTS},
    "approve_news": {"looked_at": 0},
    "send_news_back": {"reason": "Which kiosk?"},
    "withdraw_news": {"reason": "It is put up later."},
    "correct_news": {
        "texts": [{"language": "en", "title": "A new kiosk", "text": "It stands in the yard."}],
        "notes": [{"language": "en", "note": "Not in the lobby."}],
    },
    "refuse_news_correction": {"reason": "The words hold."},
}
