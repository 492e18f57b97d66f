"""Who goes first among visits that wait: a number by which lists are sorted, the smaller the sooner. Pure."""

_URGENCY = {"emergency": 0, "urgent": 10, "normal": 20}
#: Whoever cannot help themselves comes before those we promised more, and those before everybody else.
_VULNERABLE, _PROMISED_MORE, _ORDINARY = 0, 1, 2


def rank(urgency: str, *, segment: str, is_vulnerable: bool) -> int:
    """Urgency above all; among equals the priority register, then customers of a segment with promises of its own."""
    standing = _VULNERABLE if is_vulnerable else _ORDINARY if segment in {"", "ordinary"} else _PROMISED_MORE
    return _URGENCY.get(urgency, _URGENCY["normal"]) + standing


def is_raised(rank: int) -> bool:
    """Whether somebody stands before others of the same urgency."""
    return rank % 10 < _ORDINARY
