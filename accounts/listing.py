"""Several things one after another, as the reader's language separates them."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language

#: Where it is not as in English: between things, and between things that hold commas themselves. Marks, not strings for translators.
_MARKS: Mapping[str, tuple[str, str]] = {"zh": ("、", "；")}
_USUAL = (", ", "; ")


def listed(values: Iterable[object]) -> str:
    """a, b, c; in Chinese a、b、c. Each as its own ``str()``."""
    return _marks()[0].join(str(value) for value in values)


def parted(values: Iterable[object]) -> str:
    """a, b; c, d: the same for things that are lists or sentences themselves."""
    return _marks()[1].join(str(value) for value in values)


def _marks() -> tuple[str, str]:
    return _MARKS.get((get_language() or "en").partition("-")[0], _USUAL)
