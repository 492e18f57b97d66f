"""What came of asking: how many were reached, in time, how satisfied they are, kind by kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean

from django.db.models import F

from ..models import FollowUp

S = FollowUp.Status
#: We spoke with them, or they with us.
_REACHED = (S.HEARD, S.REFUSED)
#: Ended in one of these ways, somebody was asked, or should have been.
_TRIED = (*_REACHED, S.NOT_REACHED, S.WRONG_NUMBER)


@dataclass(frozen=True)
class Row:
    """One kind of case. Shares are per cent, None where there is nothing to count; ``score`` the mean satisfaction."""

    kind: str
    count: int
    statuses: Counter[str]
    reached: int | None
    in_time: int | None
    satisfied: int | None
    unsettled: int
    score: float | None
    answers: dict[str, float]


def results(*, since: datetime, until: datetime, dissatisfied_to: int) -> list[Row]:
    """Of what was born from then until then, kind by kind; dropped ones aside, for nobody was to be asked."""
    found = FollowUp.objects.filter(born_at__gte=since, born_at__lt=until).exclude(status=S.DROPPED)
    rows = list(found.annotate(reference=F("case__reference")).order_by("kind", "pk"))
    kinds = sorted({row.kind for row in rows})
    return [_row(kind, [row for row in rows if row.kind == kind], dissatisfied_to) for kind in kinds]


def _row(kind: str, rows: Sequence[FollowUp], dissatisfied_to: int) -> Row:
    heard = [row for row in rows if row.status == S.HEARD]
    scores = [row.score for row in heard if row.score is not None]
    tried = [row for row in rows if row.status in _TRIED]
    ended = [row for row in rows if row.ended_at is not None]
    return Row(
        kind=kind,
        count=len(rows),
        statuses=Counter(row.status for row in rows),
        reached=_share(row.status in _REACHED for row in tried),
        in_time=_share(row.ended_at is not None and row.ended_at <= row.due_at for row in ended),
        satisfied=_share(bool(row.settled) and (row.score or 0) > dissatisfied_to for row in heard),
        unsettled=sum(1 for row in heard if not row.settled),
        score=round(mean(scores), 2) if scores else None,
        answers=_means(heard),
    )


def _means(heard: Sequence[FollowUp]) -> dict[str, float]:
    """The mean of every question that has numbers."""
    codes = sorted({code for row in heard for code in row.answers})
    return {code: round(mean(row.answers[code] for row in heard if code in row.answers), 2) for code in codes}


def _share(found: Iterable[bool]) -> int | None:
    values = list(found)
    return round(100 * sum(values) / len(values)) if values else None
