"""How long credit lasts, as last reckoned, and how right the forecasts were."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models.functions import TruncMonth

from accounts.clock import business_date
from accounts.models import Account

from ..models import CreditForecast, ForecastTrial, MeterDay, TopUp
from ..states import TopUpStatus

#: A forecast whose day has not come so long after it was made is not waited for any more.
GIVE_UP = timedelta(days=120)


def forecast_of(account: Account, *, at: datetime) -> CreditForecast | None:
    """For the cabinet and staff; None where nothing can be said, or what was said is too old."""
    found = CreditForecast.objects.filter(account=account, ends_on__isnull=False).first()
    is_fresh = found is not None and business_date(at) - found.made_on <= timedelta(days=7)
    return found if is_fresh else None


@dataclass(frozen=True)
class Score:
    """Forecasts judged in one month: how many, how many ended within the range said, and the mean of the days they were off."""

    month: date
    judged: int
    hits: int
    days_off: float

    @property
    def share(self) -> int:
        """Of hits, in per cent."""
        return round(100 * self.hits / self.judged) if self.judged else 0


def scores(source: str) -> list[Score]:
    """By the month in which the end came, the newest first."""
    rows = ForecastTrial.objects.filter(source=source, came_on__isnull=False).annotate(month=TruncMonth("came_on"))
    hits: dict[date, list[tuple[bool, int]]] = {}
    columns = ("month", "came_on", "ends_on", "earliest", "latest")
    for month, came, ends, earliest, latest in rows.order_by("-month").values_list(*columns):
        is_hit = earliest <= came and (latest is None or came <= latest)
        hits.setdefault(month, []).append((is_hit, abs((came - ends).days)))
    return [
        Score(month, len(found), sum(hit for hit, _off in found), round(sum(off for _hit, off in found) / len(found), 1))
        for month, found in list(hits.items())[:13]
    ]


def waiting_trials(today: date, *, limit: int) -> list[ForecastTrial]:
    """Those whose day has not come, or has and nobody noticed yet."""
    rows = ForecastTrial.objects.filter(came_on__isnull=True, made_on__gte=today - GIVE_UP, made_on__lt=today)
    return list(rows.select_related("account").order_by("made_on", "pk")[:limit])


def missed(today: date) -> int:
    """Forecasts whose day did not come for so long that nobody waits any more: misses, too."""
    return ForecastTrial.objects.filter(came_on__isnull=True, made_on__lt=today - GIVE_UP).count()


def day_used_up(trial: ForecastTrial) -> date | None:
    """When the credit of a forecast was gone: by the meter's days, or, of a card meter, when the customer bought again."""
    if trial.source == CreditForecast.Source.PURCHASES:
        later = TopUp.objects.filter(account=trial.account_id, kind=TopUp.Kind.PURCHASE, bought_on__gt=trial.made_on)
        return later.exclude(status=TopUpStatus.REVERSED).order_by("bought_on").values_list("bought_on", flat=True).first()
    left = trial.litres
    days = MeterDay.objects.filter(meter__account=trial.account_id, meter__removed_at=None, day__gte=trial.since).order_by("day")
    for day, used in days.values_list("day", "used_litres"):
        left -= used
        if left <= 0:
            return day
    return None
