"""Prices and limits in the back office."""

from datetime import date

import pytest

from billing.models import PurchaseLimit, TariffVersion
from billing.queries import quote
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

TIERS = [("420000", "0", "30000"), ("", "0", "40000")]


@pytest.fixture
def desk(client, mei):
    return sign_in(client, mei.user)


def version_form(tariff, tiers=TIERS, **changes):
    form = {
        "tariff": tariff.tariff.pk,
        "effective_from": "2099-01-01",
        "year_starts_month": "1",
        "year_starts_day": "1",
        "base_persons": "4",
        "decision": "兰发改 2099-1",
        "tiers-TOTAL_FORMS": str(len(tiers)),
        "tiers-INITIAL_FORMS": "0",
    }
    names = ("upper_litres", "extra_person_litres", "unit_price")
    rows = {f"tiers-{n}-{name}": value for n, row in enumerate(tiers) for name, value in zip(names, row, strict=True)}
    return {**form, **rows, **changes}


def test_finance_publishes_a_price(desk, tariff):
    assert desk.post("/admin/billing/tariffversion/add/", version_form(tariff)).status_code == 302
    version = TariffVersion.objects.get(number=2)
    assert (version.effective_from, version.tiers.count(), version.created_by[:5]) == (date(2099, 1, 1), 2, "user:")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"effective_from": "2020-01-01"}, "begin after today"),
        ({"tiers": TIERS[::-1]}, "tiers must rise"),
        ({"tiers": []}, "tiers must rise"),
        ({"year_starts_month": "13"}, "less than or equal to 12"),
        ({"year_starts_month": "0"}, "greater than or equal to 1"),
        ({"year_starts_day": "32"}, "less than or equal to 31"),
        ({"year_starts_month": "4", "year_starts_day": "31"}, "The month has no such day."),
    ],
)
def test_what_cannot_be_published_is_said_beside_the_form(desk, tariff, changes, says):
    answer = desk.post("/admin/billing/tariffversion/add/", version_form(tariff, **changes))
    assert says in answer.content.decode()
    assert TariffVersion.objects.count() == 1


def test_a_published_price_cannot_be_edited(desk, tariff):
    desk.post(f"/admin/billing/tariffversion/{tariff.pk}/change/", version_form(tariff, decision="other"))
    assert TariffVersion.objects.get().decision == "示例"


def test_a_limit_counts_at_once(desk, account, now):
    desk.post("/admin/billing/purchaselimit/add/", {"price_class": "resident", "order_litres": "10000"})
    assert PurchaseLimit.objects.get().order_litres == 10_000
    with pytest.raises(Exception, match="at most"):
        quote(account=account, at=now, litres=10_001)


def test_a_limit_stays_with_its_price_class(desk):
    limit = PurchaseLimit.objects.create(price_class="resident", order_litres=10_000)
    desk.post(f"/admin/billing/purchaselimit/{limit.pk}/change/", {"price_class": "business", "order_litres": "20000"})
    assert PurchaseLimit.objects.values_list("price_class", "order_litres").get() == ("resident", 20_000)


@pytest.mark.parametrize("model", ["tariffversion", "tariff", "purchaselimit"])
def test_a_clerk_has_no_business_here(client, fang, model):
    assert sign_in(client, fang.user).get(f"/admin/billing/{model}/").status_code == 403
