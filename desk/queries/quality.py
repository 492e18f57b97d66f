"""The published quality indicators with what was achieved: in the last whole month, over twelve months, month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sla.policies import Policy
from sla.queries.catalog import policies_shown

from ..quality_indicators import INDICATORS, Indicator, Over
from ..score_charts import Bar, bars
from ..score_figures import Figure
from . import scores
from .scores import Score

_MONTHS = 12


@dataclass(frozen=True)
class Achieved:
    """One indicator: what it rests on, its figure in the last whole month, over all months shown, and each month's."""

    indicator: Indicator
    policies: Sequence[Policy]
    last: Figure | None
    over: Figure | None
    months: Sequence[tuple[date, bool, Figure | None]]
    bars: Sequence[Bar]
    highest: float


@dataclass(frozen=True)
class Quality:
    """The page. ``month`` is the last whole month, sealed or not; None before the first."""

    month: date | None
    is_sealed: bool
    lines: Sequence[Achieved]


def quality(*, at: datetime, today: date) -> Quality:
    """Of the last twelve whole months that have a score."""
    whole = [score for score in scores.newest(_MONTHS + 1) if score.month < today.replace(day=1)][-_MONTHS:]
    book = {policy.key: policy for policy in policies_shown(all_of_them=False, at=at)}
    lines = [_achieved(indicator, whole, book) for indicator in INDICATORS]
    last = whole[-1] if whole else None
    return Quality(last.month if last else None, bool(last and last.row.is_sealed), lines)


def _achieved(indicator: Indicator, whole: Sequence[Score], book: Mapping[str, Policy]) -> Achieved:
    months = [(score.month, score.row.is_sealed, score.value(*indicator.key)) for score in whole]
    figures = [figure for _month, _sealed, figure in months]
    values = [figure.value if figure else None for figure in figures]
    known = [value for value in values if value is not None]
    highest = 100.0 if indicator.key[2] in _PERCENT else float(max(known, default=0) or 1)
    policies = [book[key] for key in indicator.promises if key in book]
    last = figures[-1] if figures else None
    return Achieved(indicator, policies, last, over_all(indicator, figures), months, bars(values, highest, room=_MONTHS), highest)


_PERCENT = {indicator.key[2] for indicator in INDICATORS} - {"per_10000_accounts", "hours_per_customer", "interruptions_per_customer"}


def over_all(indicator: Indicator, figures: Sequence[Figure | None]) -> Figure | None:
    """Several months as one: a sum, or their mean, each month by how much stands behind it; withheld and empty ones left out."""
    told = [(figure, figure.value, figure.basis or 1) for figure in figures if figure is not None and figure.value is not None]
    if not told:
        return None
    basis = sum(weight for _figure, _value, weight in told)
    if indicator.over is Over.SUM:
        value = round(sum(value for _figure, value, _weight in told), 4)
    elif indicator.key[2] == "per_10000_accounts":
        value = round(sum(value for _figure, value, _weight in told) / len(told), 2)
    else:
        value = round(sum(value * weight for _figure, value, weight in told) / basis, 1)
    first = told[0][0]
    return Figure(*indicator.key, value, first.unit, basis)
