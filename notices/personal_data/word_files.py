"""Lists of words too long for code, as `data/words` holds them; read once."""

import gzip
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "words"


def _text(name: str) -> str:
    raw = (_FOLDER / name).read_bytes()
    return (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a file, one a line."""
    return frozenset(_text(name).split("\n")) - {""}


@cache
def weighed(name: str) -> dict[str, float]:
    """The words of a file whose lines begin with how often each word of the line was seen, as a power of two."""
    rows = (line.split() for line in _text(name).splitlines())
    return {word: float(row[0]) for row in rows for word in row[1:]}
