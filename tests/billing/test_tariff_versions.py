"""Prices are published ahead and never edited."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from billing.limits import Limits
from billing.models import PurchaseLimit, TariffVersion
from billing.operations import NewVersion, publish_tariff, set_purchase_limit
from billing.queries import quote
from billing.refusals import BadTariff
from billing.tariffs import Step
from tests.factories.billing import TariffFactory

NEW = NewVersion(
    effective_from=date(2026, 12, 1), steps=(Step(1, 420_000, 30_000, 100_000), Step(2, None, 40_000)), decision="兰发改 2026-1"
)


def test_the_next_version_gets_the_next_number(tariff, mei, now):
    version = publish_tariff(tariff=tariff.tariff, new=NEW, by=mei.user, at=now)
    assert (version.number, version.created_by) == (2, mei.user.actor_label)
    assert list(version.tiers.values_list("number", "upper_litres", "unit_price")) == [(1, 420_000, 30_000), (2, None, 40_000)]


def test_today_still_costs_what_it_did(tariff, account, mei, now):
    publish_tariff(tariff=tariff.tariff, new=NEW, by=mei.user, at=now)
    assert quote(account=account, at=now, litres=1_000).amount == 275


@pytest.mark.parametrize(
    ("new", "rule"),
    [
        (replace(NEW, effective_from=date(2026, 11, 20)), "past"),
        (replace(NEW, effective_from=date(2025, 1, 1)), "past"),
        (replace(NEW, steps=()), "steps"),
        (replace(NEW, steps=NEW.steps[::-1]), "steps"),
        (replace(NEW, decision=" "), "decision"),
        (replace(NEW, year_starts_month=13), "year"),
        (replace(NEW, year_starts_month=2, year_starts_day=30), "year"),
        (replace(NEW, year_starts_month=0, year_starts_day=0), "year"),
    ],
)
def test_what_cannot_be_published_is_refused(tariff, mei, now, new, rule):
    with pytest.raises(BadTariff) as refusal:
        publish_tariff(tariff=tariff.tariff, new=new, by=mei.user, at=now)
    assert refusal.value.rule == rule
    assert TariffVersion.objects.count() == 1


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (1, 0), (1, 32), (2, 30), (4, 31)])
def test_the_database_has_no_tier_year_that_never_begins(tariff, month, day):
    with pytest.raises(IntegrityError), transaction.atomic():
        TariffVersion.objects.update(year_starts_month=month, year_starts_day=day)


def test_a_tier_year_may_begin_on_a_leap_day(tariff, mei, now):
    assert publish_tariff(tariff=tariff.tariff, new=replace(NEW, year_starts_month=2, year_starts_day=29), by=mei.user, at=now)


def test_two_changes_on_one_day_are_refused(tariff, mei, now):
    publish_tariff(tariff=tariff.tariff, new=NEW, by=mei.user, at=now)
    with pytest.raises(BadTariff) as refusal:
        publish_tariff(tariff=tariff.tariff, new=NEW, by=mei.user, at=now)
    assert refusal.value.rule == "taken"


def test_the_very_first_may_begin_at_once(mei, now):
    first = TariffFactory(price_class="welfare")
    assert publish_tariff(tariff=first, new=replace(NEW, effective_from=date(2024, 1, 1)), by=mei.user, at=now).number == 1


def test_a_limit_replaces_the_one_before(mei, now):
    for order in (10_000, 20_000):
        set_purchase_limit(price_class="resident", new=Limits(order=order), by=mei.user, at=now)
    assert PurchaseLimit.objects.get().order_litres == 20_000


def test_earlier_prices_are_shown_once_there_are_some(tariff, mei, now, client, time_machine):
    publish_tariff(tariff=tariff.tariff, new=NEW, by=mei.user, at=now)
    time_machine.move_to(now)
    assert "Earlier prices" not in client.get(reverse("billing:tariff_list")).text
    time_machine.move_to(now + timedelta(days=20))
    assert "Earlier prices" in client.get(reverse("billing:tariff_list")).text
