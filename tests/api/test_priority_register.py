"""The register of priority customers over the API: kept by the same rules as on its pages."""

import pytest

from accounts.models import Customer
from tests.factories.accounts import PriorityEntryFactory

from .conftest import device_of
from .test_problems import check_problem

pytestmark = pytest.mark.django_db
NEW = {"ground": "equipment", "evidence": "证明 0815", "since": "2026-11-20"}


@pytest.fixture
def heads(qiang):
    return device_of(qiang.user)


@pytest.fixture
def place(account):
    return f"/api/v1/accounts/{account.number}/priority-entries/"


@pytest.fixture
def entered(heads, place):
    return heads.post(f"{place}put/", NEW).json()


def test_a_customer_is_put_on_it_and_the_flag_follows(entered, account, heads, place):
    assert (entered["name"], entered["accounts"], entered["state"], entered["until"]) == ("李*", [account.number], "standing", None)
    assert Customer.objects.get(pk=account.customer_id).is_vulnerable
    assert heads.get(place).json() == {"results": [entered]}


def test_it_gets_another_last_day_and_is_ended_with_a_reason(entered, heads, account):
    here = f"/api/v1/priority-entries/{entered['id']}"
    assert heads.post(f"{here}/extend/", {"until": "2099-01-01", "why": "A new paper"}).json()["until"] == "2099-01-01"
    assert heads.post(f"{here}/end/", {"why": "Moved away"}).json()["state"] == "over"
    assert not Customer.objects.get(pk=account.customer_id).is_vulnerable
    check_problem(heads.post(f"{here}/extend/", {"until": None, "why": "No"}), 409, "entry_ended")


def test_what_cannot_be_is_refused_with_the_field(entered, heads, place):
    check_problem(heads.post(f"{place}put/", NEW), 409, "on_the_register")
    check_problem(heads.post(f"{place}put/", {**NEW, "ground": "age", "until": "2020-01-01"}), 422, "until")


def test_the_list_is_asked_by_state_and_ground_in_as_many_statements_for_ten(heads, django_assert_max_num_queries):
    PriorityEntryFactory.create_batch(9, ground="age")
    PriorityEntryFactory(ground="illness")
    with django_assert_max_num_queries(9):
        found = heads.get("/api/v1/priority-entries/", {"ground": "age"}).json()["results"]
    assert [entry["ground"] for entry in found] == ["age"] * 9
    assert heads.get("/api/v1/priority-entries/", {"state": "over"}).json()["results"] == []
