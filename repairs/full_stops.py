"""Full stops for what somebody typed."""

from unicodedata import east_asian_width

_ENDS = ".!?…。！？"


def closed(words: str) -> str:
    """What somebody typed, with a full stop where it has no end of its own: another sentence follows it."""
    words = words.strip()
    if not words or words[-1] in _ENDS:
        return words
    return words + ("。" if east_asian_width(words[-1]) in "WF" else ".")
