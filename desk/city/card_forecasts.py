"""What would have been said of the credit of card meters, from nothing but the purchases before each, judged by the purchase after it."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from accounts.clock import business_date
from accounts.models import Account, Meter
from billing.models import CreditForecast, ForecastTrial, TopUp
from billing.operations.credit_forecasts import JUDGED_AHEAD, reckon
from billing.queries.credit_facts import Facts

_ACCOUNTS = 60
#: So many purchases back; each needs enough before it.
_REPLAYED = 4


def replay_card_forecasts(at: datetime) -> None:
    """Of the first accounts with a card meter, as far as they have bought often enough."""
    meters = Meter.objects.filter(kind=Meter.Kind.VOLUME, removed_at=None, account__status=Account.Status.OPEN)
    for meter in meters.select_related("account").order_by("pk")[:_ACCOUNTS]:
        bought = TopUp.objects.filter(account=meter.account, kind=TopUp.Kind.PURCHASE).order_by("bought_on", "pk")
        days = list(dict(bought.values_list("bought_on", "litres")).items())
        ForecastTrial.objects.bulk_create(_trials(meter.account, days, business_date(at)))


def _trials(account: Account, days: Sequence[tuple[date, int]], today: date) -> Iterator[ForecastTrial]:
    """Each kept as it was when it first said that the end was near, or when the next purchase overtook it."""
    for place in range(max(0, len(days) - 1 - _REPLAYED), len(days) - 1):
        (since, litres), (came_on, _next) = days[place], days[place + 1]
        source, occasion = CreditForecast.Source.PURCHASES, f"replay-{since}"
        facts = Facts(account=account, source=source, uses=days[: place + 1], litres=litres, since=since, occasion=occasion)
        first = reckon(facts, since)
        if first is None:
            continue
        made_on = min(max(since, first.ends_on - JUDGED_AHEAD), came_on, today - timedelta(days=1))
        told = reckon(facts, made_on)
        if told is not None:
            yield ForecastTrial(
                account=account,
                source=source,
                occasion=occasion,
                made_on=made_on,
                litres=litres,
                since=since,
                ends_on=told.ends_on,
                earliest=told.earliest,
                latest=told.latest,
                came_on=came_on,
            )
