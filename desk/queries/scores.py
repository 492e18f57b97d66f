"""The open service score as everybody reads it: sealed editions and provisional months. One row is read, nothing is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from ..models import ScoreDraft, ServiceScore
from ..score_figures import Figure, as_figures, seal

type Row = ServiceScore | ScoreDraft


class NoScore(LookupError):
    """There is no score of this month, or no such edition."""


@dataclass(frozen=True)
class Score:
    """One month in one edition, with all editions of it (newest first) and whether the seal still fits."""

    row: Row
    figures: Sequence[Figure]
    editions: Sequence[ServiceScore]

    @property
    def month(self) -> date:
        return self.row.month

    @property
    def is_newest(self) -> bool:
        return not self.editions or self.row == self.editions[0]

    @property
    def is_whole(self) -> bool:
        """Whether what is kept is still what was sealed."""
        before = next((one.seal for one in self.editions if one.edition == self.row.edition - 1), "")
        return not self.row.is_sealed or self.row.seal == sealed_as(self.row, before)

    def value(self, section: str, item: str, measure: str) -> Figure | None:
        """One number of it."""
        return next((figure for figure in self.figures if figure.key == (section, item, measure)), None)


def sealed_as(row: Row, before: str) -> str:
    """What its seal has to be."""
    return seal(month=f"{row.month:%Y-%m}", edition=row.edition, before=before, rows=row.figures)


def months() -> list[date]:
    """Every month that has a score, the newest first."""
    return sorted(
        {*ServiceScore.objects.values_list("month", flat=True), *ScoreDraft.objects.values_list("month", flat=True)}, reverse=True
    )


def latest_month() -> date | None:
    """The newest month that is sealed, else the newest provisional one; None before the first."""
    for model in (ServiceScore, ScoreDraft):
        found = model.objects.order_by("-month").values_list("month", flat=True).first()
        if found is not None:
            return found
    return None


def score(month: date, edition: int | None = None) -> Score:
    """The newest edition of a month, or the one asked for; the provisional one while there is none. Raises NoScore."""
    editions = list(ServiceScore.objects.filter(month=month).order_by("-edition"))
    row: Row | None = next((one for one in editions if edition in {None, one.edition}), None)
    if row is None and edition is None:
        row = ScoreDraft.objects.filter(month=month).first()
    if row is None:
        raise NoScore(month)
    return Score(row, as_figures(row.figures), editions)


def newest(most: int) -> list[Score]:
    """The latest months that have a score, each in its newest edition, oldest first; two statements."""
    last = ServiceScore.objects.order_by("-month").values("month").annotate(edition=Max("edition")).values_list("month", "edition")[:most]
    wanted: Mapping[date, int] = dict(last)
    rows: list[Row] = [
        one for one in ServiceScore.objects.filter(month__in=wanted).order_by("month", "edition") if wanted[one.month] == one.edition
    ]
    rows += ScoreDraft.objects.exclude(month__in=wanted).order_by("month")
    return [Score(row, as_figures(row.figures), []) for row in sorted(rows, key=lambda row: row.month)[-most:]]
