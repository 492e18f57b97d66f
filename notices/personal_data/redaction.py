"""A text without what was found in it."""

from collections.abc import Iterable

from .found import Found, joined

#: What stands where something was taken out. The same for all kinds and lengths, so that it tells nothing of what stood there.
MARK = "***"


def redact(text: str, found: Iterable[Found], mark: str = MARK) -> str:
    """The text with a mark in place of each find."""
    parts, last = [], 0
    for one in joined(found):
        parts += [text[last : one.start], mark]
        last = one.end
    return "".join([*parts, text[last:]])
