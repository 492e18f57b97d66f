"""Reckon how long everybody's credit lasts, warn once before it ends or before holidays, and judge what was said."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

import notices.operations
from accounts.clock import business_date
from notices.operations import Notice

from .. import credit_forecast
from ..credit_forecast import Forecast, Holiday
from ..models import CreditForecast, ForecastTrial
from ..queries import credit_facts, credit_forecasts
from ..queries.credit_facts import Facts, is_day_off

#: A forecast is judged as it stood when it first said that the end is so near.
JUDGED_AHEAD = timedelta(days=14)
#: Holidays this long, and beginning so soon, are worth a word.
LONG_HOLIDAY_DAYS, HOLIDAY_AHEAD_DAYS = 3, 7

_COLUMNS = ["source", "made_on", "occasion", "litres", "since", "ends_on", "earliest", "latest"]


def forecast_credit(*, at: datetime, limit: int = 2000) -> int:
    """The forecasts of the day, so many accounts at a time; how many were made. Most runs find nothing left to do."""
    today = business_date(at)
    accounts = credit_facts.due(today, limit=limit)
    found = [(facts, reckon(facts, today)) for facts in credit_facts.facts_of(accounts, today)]
    told_before = CreditForecast.objects.filter(source=CreditForecast.Source.PURCHASES, ends_on__isnull=False)
    before = told_before.in_bulk([one.pk for one in accounts])
    with transaction.atomic():
        CreditForecast.objects.bulk_create(
            [_row(facts, told, today) for facts, told in found],
            update_conflicts=True,
            unique_fields=["account"],
            update_fields=_COLUMNS,
        )
        near = [(facts, told) for facts, told in found if told and told.ends_on - today <= JUDGED_AHEAD]
        trials = [_trial(_row(facts, told, today)) for facts, told in near]
        overtaken = [trial for facts, _told in found if (trial := _overtaken(before.get(facts.account.pk), facts)) is not None]
        ForecastTrial.objects.bulk_create([*trials, *overtaken], ignore_conflicts=True)
        notices.operations.owe_all(letters=_warnings(near, today), at=at)
    return len(found)


def reckon(facts: Facts, today: date) -> Forecast | None:
    """The forecast of one account; None where too little is known."""
    if facts.source == CreditForecast.Source.METER:
        pace = credit_forecast.from_days(facts.uses, facts.shares, is_day_off)
    else:
        pace = credit_forecast.from_purchases(facts.uses, facts.shares)
    return credit_forecast.forecast(pace, litres=facts.litres, since=facts.since, today=today) if pace else None


def judge_forecasts(*, at: datetime, limit: int = 2000) -> int:
    """See whether the day has come of which forecasts spoke; of how many it has. What a new meter made pointless is forgotten."""
    judged, void = [], []
    for trial in credit_forecasts.trials_to_judge(business_date(at), limit=limit):
        if trial.is_void:  # type: ignore[attr-defined]
            void.append(trial.pk)
            continue
        trial.came_on = credit_forecasts.day_used_up(trial)
        if trial.came_on is not None:
            judged.append(trial)
    ForecastTrial.objects.bulk_update(judged, ["came_on"])
    ForecastTrial.objects.filter(pk__in=void).delete()
    return len(judged)


def _row(facts: Facts, told: Forecast | None, today: date) -> CreditForecast:
    return CreditForecast(
        account=facts.account,
        source=facts.source,
        made_on=today,
        occasion=facts.occasion,
        litres=facts.litres,
        since=facts.since,
        ends_on=told.ends_on if told else None,
        earliest=told.earliest if told else None,
        latest=told.latest if told else None,
    )


def _trial(told: CreditForecast, came_on: date | None = None) -> ForecastTrial:
    assert told.ends_on is not None
    assert told.earliest is not None
    return ForecastTrial(
        account=told.account,
        source=told.source,
        occasion=told.occasion,
        made_on=told.made_on,
        litres=told.litres,
        since=told.since,
        ends_on=told.ends_on,
        earliest=told.earliest,
        latest=told.latest,
        came_on=came_on,
    )


def _overtaken(before: CreditForecast | None, facts: Facts) -> ForecastTrial | None:
    """Of a card meter: somebody bought before the forecast of the last credit was near enough to be kept. It counts all the same."""
    if before is None or before.occasion == facts.occasion or facts.source != before.source:
        return None
    bought = next((day for day, _litres in facts.uses if day > before.since and day >= before.made_on), None)
    return _trial(before, bought) if bought is not None else None


def _warnings(near: Sequence[tuple[Facts, Forecast]], today: date) -> list[Notice]:
    """One word for each: before holidays, else before the end. Each once for its occasion: the key says which."""
    holiday = credit_forecast.next_holiday(today, is_day_off, within=HOLIDAY_AHEAD_DAYS, least=LONG_HOLIDAY_DAYS)
    return [letter for facts, told in near for letter in _warning(facts, told, holiday, today)]


def _warning(facts: Facts, told: Forecast, holiday: Holiday | None, today: date) -> list[Notice]:
    about = {
        "company": settings.COMPANY["name"],
        "hotline": settings.COMPANY["hotline"],
        "account": facts.account.number,
        "ends_on": told.ends_on,
    }
    if holiday and told.earliest <= holiday.last:
        key = f"credit_holiday:{facts.account.pk}:{holiday.first}"
        words = about | {"first": holiday.first, "last": holiday.last}
        return [Notice(kind="credit_holiday", key=key, to=facts.account.customer, context=words)]
    days = settings.FORECAST_REMIND_DAYS
    # A connected meter that was low has been spoken of already.
    if not days or facts.was_reminded or told.ends_on - today > timedelta(days=days):
        return []
    key = f"credit_ends:{facts.account.pk}:{facts.occasion}"
    return [Notice(kind="credit_ends", key=key, to=facts.account.customer, context=about)]
