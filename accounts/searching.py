"""How text is folded for search, so that １２３, УЛ. ГАЗОВАЯ and Wang Fang are found however they were typed."""

import unicodedata


def fold(text: str) -> str:
    """NFKC (full-width to half), casefolded, accents dropped (ё = е, é = e), white space collapsed.

    SQLite's own LIKE folds ASCII only. Both sides of a comparison go through here, so that folding too much is harmless.
    """
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(mark))
    return " ".join(unicodedata.normalize("NFKC", bare).casefold().split())
