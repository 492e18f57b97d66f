"""How a chain of places is written out: 山东省临沂市…501 without a gap, or Ленинский район, ул. Мира, 5 with commas."""

from collections.abc import Sequence


def written(parts: Sequence[str]) -> str:
    """Province first, as it is printed on papers and kept for search."""
    joint = "" if any(_is_ideograph(mark) for part in parts for mark in part) else ", "
    return joint.join(part for part in parts if part)


def _is_ideograph(mark: str) -> bool:
    return "\u3400" <= mark <= "\u9fff" or mark >= "\U00020000"
