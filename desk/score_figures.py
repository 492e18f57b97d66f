"""The numbers of the open service score: one row for each, the same in page, CSV and JSON; what is withheld; the seal. Pure.

Note [Small cells]
    A number that fewer than five matters stand behind could be about somebody, so it is withheld. Where a sum of such cells is
    published and one of them is missing, the rest would tell it: then the next smallest is withheld too, until at least two cells
    with at least five matters between them are missing. How many of five or more we missed is told, be it one: that is about us.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

#: From so many matters on a number is told.
FEWEST = 5
#: The names of the columns, in their order. They stay; new ones come after them.
COLUMNS = ("section", "item", "measure", "value", "unit", "basis", "withheld")


@dataclass(frozen=True)
class Figure:
    """One number. ``basis`` is how many matters stand behind it; ``value`` is None where there is nothing, or ``withheld``.

    Units: count, percent, seconds, minor (of the currency), score (1 to 5), points (per cent), hours, ratio.
    """

    section: str
    item: str
    measure: str
    value: int | float | None
    unit: str
    basis: int | None = None
    withheld: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.section, self.item, self.measure


def careful(figure: Figure) -> Figure:
    """The figure, withheld where too few matters stand behind it."""
    return hidden(figure) if figure.basis is not None and 0 < figure.basis < FEWEST else figure


def hidden(figure: Figure) -> Figure:
    """The figure without its number."""
    return replace(figure, value=None, basis=None, withheld=True)


def too_small(counts: Mapping[str, int]) -> set[str]:
    """The cells of a published sum that are withheld; see Note [Small cells]."""
    cells = sorted((count, name) for name, count in counts.items() if count)
    out = [cell for cell in cells if cell[0] < FEWEST]
    rest = cells[len(out) :]
    while out and rest and (len(out) < 2 or sum(count for count, _name in out) < FEWEST):
        out.append(rest.pop(0))
    return {name for _count, name in out}


def share(part: int, whole: int) -> float | None:
    """In per cent with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def seal(*, month: str, edition: int, before: str, rows: Sequence[Mapping[str, object]]) -> str:
    """SHA-256 over an edition and the seal of the one before it (empty for the first)."""
    written = {"month": month, "edition": edition, "before": before, "figures": list(rows)}
    return hashlib.sha256(json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()).hexdigest()


def as_rows(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """As they are kept and published."""
    return [asdict(figure) for figure in figures]


def as_figures(rows: Iterable[Mapping[str, object]]) -> list[Figure]:
    """As they were kept."""
    return [Figure(**row) for row in rows]  # type: ignore[arg-type]
