"""What gas would cost a household: for everybody who wants to reckon before the bill comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .. import norms, tariffs
from ..bill_lines import BillLine, Position, Span, Terms, split_days
from ..models import TariffVersion
from ..refusals import NoTariff
from .pricing import step_of


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is reckoned: so many litres of a price class from ``first`` to before ``end``, after ``used`` litres in the tier year."""

    price_class: str
    first: date
    end: date
    litres: int
    used: int = 0
    persons: int = 0


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """Lines by tier and price list; ``lists`` are those that held in these days."""

    wish: Wish
    lines: tuple[BillLine, ...]
    lists: Sequence[TariffVersion]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


def calculate(wish: Wish) -> Calculation:
    """The amount for a volume in a period, as a bill would have it. Raises NoTariff."""
    rows = TariffVersion.objects.filter(tariff__price_class=wish.price_class, effective_from__lt=wish.end)
    versions = list(rows.select_related("tariff").prefetch_related("tiers").order_by("effective_from"))
    if not versions:
        raise NoTariff(wish.price_class)
    holding = [
        one for one, later in zip(versions, [*versions[1:], None], strict=True) if later is None or later.effective_from > wish.first
    ]
    terms = [_terms(one, wish.persons) for one in holding]
    position = Position()
    if wish.used:
        position.count(terms[0].year_of(wish.first), 1, wish.used)
    lines = split_days([Span(wish.first, wish.end, wish.litres)], terms, position)
    return Calculation(wish=wish, lines=lines, lists=holding)


def _terms(version: TariffVersion, persons: int) -> Terms:
    steps = [step_of(tier) for tier in sorted(version.tiers.all(), key=lambda tier: tier.number)]
    return Terms(
        since=version.effective_from,
        version=version.number,
        steps=tariffs.widen(steps, max(0, persons - version.base_persons)),
        starts_month=version.year_starts_month,
        starts_day=version.year_starts_day,
    )


def norm_litres(*, equipment: Sequence[str], persons: int, square_metres: int, first: date, end: date) -> int:
    """What a household with this equipment (codes of norms) is taken to use in these days."""
    home = norms.Home(equipment=tuple(equipment), persons=persons, square_metres=square_metres)
    return norms.span_litres(home, first, end)
