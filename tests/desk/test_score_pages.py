"""The open score, the indicators and unusual rises as pages and files: the same numbers everywhere, nothing about one person."""

import csv
import io
import re
from datetime import date

import jsonschema
import pytest
from django.db import models
from django.urls import reverse

from accounts.roles import Role
from casework.models import Timeline
from desk.models import EarlyCluster, ScoreDraft, ServiceScore
from desk.quality_indicators import INDICATORS
from desk.queries.quality import over_all
from desk.queries.scores import sealed_as
from desk.score_figures import Figure, as_rows, careful
from tests.conftest import NOW
from tests.factories.accounts import RoleGrantFactory, StaffFactory
from tests.signing_in import sign_in

OCTOBER, SEPTEMBER, NOVEMBER = date(2026, 10, 1), date(2026, 9, 1), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to(NOW, tick=False)


def rows(share):
    return as_rows(
        [
            Figure("promises", "all", "ended", 40, "count", 40),
            Figure("promises", "all", "share_kept", share, "percent", 40),
            Figure("promises", "repair", "half_within", 5400, "seconds", 40),
            Figure("arrival", "all", "within_60_minutes", share, "percent", 40),
            careful(Figure("complaints", "all", "received", 3, "count", 3)),
            Figure("follow_ups", "all", "satisfied_margin", 1.2, "points", 30),
            Figure("interruptions", "all", "hours_per_customer", 0.25, "hours", 900),
            Figure("compensation", "all", "amount_paid", 25_000, "minor", 5),
        ]
    )


def sealed(month, share, edition=1, reason="", before=""):
    row = ServiceScore(month=month, edition=edition, reason=reason, figures=rows(share), made_at=NOW, made_by="system:tests")
    row.seal = sealed_as(row, before)
    row.timeline = Timeline.objects.create(kind="service_score", opened_at=NOW)
    row.save()
    return row


@pytest.fixture
def months(db):
    first = sealed(SEPTEMBER, 90.0)
    sealed(SEPTEMBER, 91.0, 2, "Recorded late", first.seal)
    sealed(OCTOBER, 97.5)
    ScoreDraft.objects.create(month=NOVEMBER, figures=rows(50.0), made_at=NOW)


def on_page(text):
    return {key: value for value, key in re.findall(r'<data value="([^"]*)" data-figure="([^"]*)"', text)}


def test_page_csv_and_json_hold_the_same_numbers(client, months):
    page = on_page(client.get(reverse("desk:score_month", args=[OCTOBER])).content.decode())
    text = client.get(reverse("desk:score_file", args=[OCTOBER, "csv"])).content.decode("utf-8-sig")
    lines = {f"{row['section']} {row['item']} {row['measure']}": row["value"] for row in csv.DictReader(io.StringIO(text))}
    figures = client.get(reverse("desk:score_file", args=[OCTOBER, "json"])).json()["figures"]
    found = {f"{one['section']} {one['item']} {one['measure']}": "" if one["value"] is None else str(one["value"]) for one in figures}
    assert found == lines
    assert {key: value for key, value in lines.items() if value} == page


def test_what_is_withheld_stands_nowhere(client, months):
    assert "fewer than 5" in client.get(reverse("desk:score_month", args=[OCTOBER])).content.decode()
    text = client.get(reverse("desk:score_file", args=[OCTOBER, "csv"])).content.decode()
    assert "complaints,all,received,,count,,true" in text


@pytest.mark.parametrize("month", [SEPTEMBER, NOVEMBER])
def test_the_json_fits_its_schema(client, months, month):
    schema = client.get(reverse("desk:score_schema")).json()
    jsonschema.validate(client.get(reverse("desk:score_file", args=[month, "json"])).json(), schema)


def test_both_editions_and_the_reason_can_be_read(client, months):
    new = client.get(reverse("desk:score_month", args=[SEPTEMBER])).content.decode()
    old = client.get(reverse("desk:score_edition", args=[SEPTEMBER, 1])).content.decode()
    assert "Corrected: Recorded late" in new
    assert [on_page(text)["promises all share_kept"] for text in (new, old)] == ["91.0", "90.0"]
    assert ("corrected since" in old, "corrected since" in new, "does not fit" in new) == (True, False, False)


def test_whoever_edits_a_sealed_row_is_found_out(client, months):
    models.QuerySet(ServiceScore).filter(month=OCTOBER).update(figures=rows(99.9))
    assert "The seal does not fit the numbers" in client.get(reverse("desk:score_month", args=[OCTOBER])).content.decode()


def test_the_newest_sealed_month_comes_first_and_provisional_ones_say_so(client, months):
    assert "How we kept our word: October 2026" in client.get(reverse("desk:score")).content.decode()
    assert "provisional" in client.get(reverse("desk:score_month", args=[NOVEMBER])).content.decode()
    assert client.get(reverse("desk:score_month", args=[date(2025, 1, 1)])).status_code == 404


def test_all_months_stand_in_one_file_in_their_newest_editions(client, months):
    text = client.get(reverse("desk:score_all")).content.decode("utf-8-sig")
    kept = [row for row in csv.DictReader(io.StringIO(text)) if row["measure"] == "share_kept"]
    assert [(row["month"], row["status"], row["edition"], row["value"]) for row in kept] == [
        ("2026-09", "sealed", "2", "91.0"),
        ("2026-10", "sealed", "1", "97.5"),
        ("2026-11", "provisional", "0", "50.0"),
    ]


def test_indicators_take_whole_months_only(client, months):
    page = client.get(reverse("desk:quality")).content.decode()
    assert "October 2026" in page
    assert re.findall(r'data-figure="arrival all within_60_minutes">([^<]*)<', page) == ["97.5 %", "94.2 %", "91 %", "97.5 %"]


def test_months_are_weighed_by_what_stands_behind_them():
    arrival = INDICATORS[0]
    months = [Figure(*arrival.key, 100.0, "percent", 30), None, Figure(*arrival.key, 50.0, "percent", 10)]
    assert over_all(arrival, months).value == 87.5


@pytest.mark.parametrize("name", ["desk:score", "desk:quality", "desk:score_method"])
def test_before_the_first_month_pages_say_what_will_be_there(client, db, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.fixture
def supervisor(client, db):
    found = StaffFactory()
    RoleGrantFactory(staff=found, role=Role.SUPERVISOR)
    sign_in(client, found.user)
    return found


def test_who_may_not_correct_sees_the_seals_and_why(client, supervisor, months):
    page = client.get(reverse("desk:score_desk")).content.decode()
    assert page.count("sealed, and the seal holds") == 2
    assert "Correct this month" not in page
    assert client.post(reverse("desk:score_desk"), {"month": "2026-10-01", "reason": "x"}).status_code == 403


def test_a_rise_is_acknowledged_and_explained_on_its_page(client, supervisor):
    numbers = {"doors": 9, "usual": 0.5, "chance": 1e-6, "found_at": NOW, "seen_at": NOW}
    rise = EarlyCluster.objects.create(kind="fault.meter", meter_model="Goldcard G4", window="day", **numbers)
    assert "nobody has looked yet" in client.get(reverse("desk:rises")).content.decode()
    client.post(reverse("desk:rise_acknowledge", args=[rise.pk]))
    address = reverse("desk:rise", args=[rise.pk])
    refused = client.post(address, {"cause": "meters", "explanation": ""})
    assert (refused.status_code, "Please check what you entered" in refused.content.decode()) == (422, True)
    client.post(address, {"cause": "meters", "explanation": "A bad batch"})
    assert "A bad batch" in client.get(address).content.decode()
