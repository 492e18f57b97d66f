"""A version of a quote that is about to be written."""

from collections.abc import Sequence
from dataclasses import dataclass

from .models import Design, FeeRow


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """A fee of the plan or free ``words``; ``price`` of one (minor units), how many in hundredths."""

    price: int
    hundredths: int = 100
    fee: FeeRow | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class NewQuote:
    """All of a version. ``seen`` is the mark of the version in work that its writer began with (Quote.mark, empty where there was none).

    None: nobody looked, and whatever is there is written over.
    """

    lines: Sequence[NewLine]
    design: Design | None = None
    note: str = ""
    seen: str | None = None
