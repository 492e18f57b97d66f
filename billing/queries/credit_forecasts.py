"""How long credit lasts, as last reckoned, and how right the forecasts were.

Note [Who buys early]
    A card meter tells nobody when its gas ran out; all we see is the next purchase. Who buys later than said proves the forecast wrong.
    Who buys before its range may have run out or may have thought ahead: nobody knows. So of card meters we say between which two
    numbers the truth lies, and no credit is left out of the count because its next purchase came before a forecast was ever near.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from accounts.clock import business_date
from accounts.models import Account, Meter

from ..models import CreditForecast, ForecastTrial, MeterDay, TopUp
from ..states import TopUpStatus

#: A forecast whose day has not come so long after it was made is not waited for any more.
GIVE_UP = timedelta(days=120)
#: How far back is looked.
SCORED = timedelta(days=365)


def forecast_of(account: Account, *, at: datetime) -> CreditForecast | None:
    """For the cabinet and staff; None where nothing can be said, or what was said is too old."""
    found = CreditForecast.objects.filter(account=account, ends_on__isnull=False).first()
    is_fresh = found is not None and business_date(at) - found.made_on <= timedelta(days=7)
    return found if is_fresh else None


@dataclass(frozen=True)
class Score:
    """Forecasts judged in one month: how many, how many ended within the range said, how many before it, how many later or never.

    ``days_off`` is the mean of the days they were off, None where no day came. Note [Who buys early] says why ``most`` is no mistake.
    """

    month: date
    judged: int
    hits: int
    early: int
    days_off: float | None

    @property
    def late(self) -> int:
        """Later than said, or not within four months."""
        return self.judged - self.hits - self.early

    @property
    def share(self) -> int:
        """Of hits, in per cent: so many were right at the least."""
        return round(100 * self.hits / self.judged)

    @property
    def most(self) -> int:
        """If all who bought before the range still had gas, so many per cent were right."""
        return round(100 * (self.hits + self.early) / self.judged)


def scores(source: str, *, today: date) -> list[Score]:
    """Of the last year, by the month in which the end came (or was to come), the newest first."""
    is_over = Q(came_on__gte=today - SCORED) | Q(came_on=None, made_on__lt=today - GIVE_UP, ends_on__gte=today - SCORED)
    rows = ForecastTrial.objects.filter(is_over, source=source)
    found: dict[date, list[tuple[date | None, date, date, date | None]]] = {}
    for came, ends, earliest, latest in rows.values_list("came_on", "ends_on", "earliest", "latest").iterator():
        found.setdefault((came or ends).replace(day=1), []).append((came, ends, earliest, latest))
    return [_score(month, found[month]) for month in sorted(found, reverse=True)]


def _score(month: date, found: Sequence[tuple[date | None, date, date, date | None]]) -> Score:
    ended = [(came, ends, earliest, latest) for came, ends, earliest, latest in found if came is not None]
    early = sum(came < earliest for came, _ends, earliest, _latest in ended)
    hits = sum(earliest <= came and (latest is None or came <= latest) for came, _ends, earliest, latest in ended)
    off = round(sum(abs((came - ends).days) for came, ends, _earliest, _latest in ended) / len(ended), 1) if ended else None
    return Score(month, len(found), hits, early, off)


def trials_to_judge(today: date, *, limit: int) -> list[ForecastTrial]:
    """Those whose day has come and nobody noticed yet, the oldest first; whatever still waits does not keep them waiting.

    ``is_void``: another meter hangs there since, so its day never will come.
    """
    rows = ForecastTrial.objects.filter(came_on__isnull=True, made_on__gte=today - GIVE_UP, made_on__lt=today)
    others = Meter.objects.filter(account=OuterRef("account"), installed_at__date__gte=OuterRef("made_on"))
    used = _days(OuterRef("account"), OuterRef("since")).order_by().values("meter__account").annotate(total=Sum("used_litres"))
    bought = Exists(_bought(OuterRef("account"), OuterRef("made_on")))
    rows = rows.annotate(is_void=Exists(others), used=Subquery(used.values("total")))
    has_come = Q(bought, source=CreditForecast.Source.PURCHASES) | Q(source=CreditForecast.Source.METER, used__gte=F("litres"))
    return list(rows.filter(Q(is_void=True) | has_come).order_by("made_on", "pk")[:limit])


def day_used_up(trial: ForecastTrial) -> date | None:
    """When the credit of a forecast was gone: by the meter's days, or, of a card meter, when the customer bought again."""
    if trial.source == CreditForecast.Source.PURCHASES:
        return _bought(trial.account_id, trial.made_on).order_by("bought_on").values_list("bought_on", flat=True).first()
    left = trial.litres
    for day, used in _days(trial.account_id, trial.since).order_by("day").values_list("day", "used_litres"):
        left -= used
        if left <= 0:
            return day
    return None


def _bought(account: Any, since: Any) -> QuerySet[TopUp]:
    later = TopUp.objects.filter(account=account, kind=TopUp.Kind.PURCHASE, bought_on__gt=since)
    return later.exclude(status=TopUpStatus.REVERSED)


def _days(account: Any, since: Any) -> QuerySet[MeterDay]:
    return MeterDay.objects.filter(meter__account=account, meter__removed_at=None, day__gte=since)
