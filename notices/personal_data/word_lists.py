"""Lists of words, written as people read them: with gaps between."""


def words(text: str) -> frozenset[str]:
    """Each word of a text once."""
    return frozenset(text.split())
