"""How text is folded for search, so that １２３, УЛ. ГАЗОВАЯ and Wang Fang are found however they were typed."""

import unicodedata


def fold(text: str) -> str:
    """NFKC (full-width to half), casefolded, white space collapsed. SQLite's own LIKE folds ASCII only."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
