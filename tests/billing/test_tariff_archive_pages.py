"""The archive of prices: from when to when each held, what it changed, the same as a file."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from billing.models import Tier
from billing.queries.tariff_archive import tariff_archive
from billing.tariff_changes import Change, Step, Terms, changes
from tests.conftest import NOW
from tests.factories.billing import TariffFactory, TariffVersionFactory

TODAY = date(2026, 11, 20)
OLD = Terms([Step(216_000, 26_000, 0), Step(None, 31_000, 0)], 4, (1, 1))


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def two_versions(db):
    tariff = TariffFactory()
    for number, begins, price in ((1, date(2024, 1, 1), 26_000), (2, date(2026, 7, 1), 27_500)):
        version = TariffVersionFactory(tariff=tariff, number=number, effective_from=begins, decision=f"Decision {number}")
        version.tiers.all().delete()
        Tier.objects.create(version=version, number=1, upper_litres=None, unit_price=price)
    return tariff


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (OLD, []),
        (Terms([Step(216_000, 27_300, 0), Step(None, 31_000, 0)], 4, (1, 1)), [Change("price", 1, 26_000, 27_300)]),
        (
            Terms([Step(240_000, 26_000, 0), Step(None, 31_000, 0)], 5, (1, 1)),
            [Change("bound", 1, 216_000, 240_000), Change("persons", 0, 4, 5)],
        ),
        (Terms([Step(216_000, 26_000, 0)], 4, (7, 1)), [Change("dropped", 2, 31_000, None), Change("year", 0, None, None)]),
    ],
)
def test_everything_that_differs_is_told(after, found):
    assert changes(OLD, after) == found


def test_a_dearer_price_says_by_how_much():
    (change,) = changes(OLD, Terms([Step(216_000, 27_300, 0), Step(None, 31_000, 0)], 4, (1, 1)))
    assert (change.per_cent, change.is_dearer) == (5.0, True)


def test_a_version_holds_until_the_day_before_the_next(two_versions):
    new, old = tariff_archive(TODAY)[0].versions
    assert (old.until, new.until, old.changed, new.changed) == (date(2026, 6, 30), None, None, [Change("price", 1, 26_000, 27_500)])


def test_the_page_tells_what_held_on_a_day_and_what_changed(client, two_versions):
    page = client.get(reverse("billing:tariff_archive"), {"on": "2026-06-30"}).content.decode()
    assert "(Decision 1)" in page
    assert "(Decision 2)" not in page
    assert "¥2.60 became ¥2.75" in page
    assert "dearer, +5.8 %" in page


@pytest.mark.parametrize("on", ["", "2026-13-40", "yesterday"])
def test_a_day_that_is_none_shows_the_archive_alone(client, two_versions, on):
    answer = client.get(reverse("billing:tariff_archive"), {"on": on})
    assert (answer.status_code, "had no price yet" in answer.content.decode()) == (200, False)


def test_the_file_has_a_line_for_each_tier_of_each_version(client, two_versions):
    text = b"".join(client.get(reverse("billing:tariff_archive_file"))).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["in_force_from"], row["in_force_until"], row["price_per_m3"]) for row in rows] == [
        ("2026-07-01", "", "2.75"),
        ("2024-01-01", "2026-06-30", "2.6"),
    ]
