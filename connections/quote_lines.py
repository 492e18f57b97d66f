"""A line of a quote that is about to be written."""

from dataclasses import dataclass

from .models import FeeRow


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """A fee of the plan or free ``words``; ``price`` of one (minor units), how many in hundredths."""

    price: int
    hundredths: int = 100
    fee: FeeRow | None = None
    words: str = ""
