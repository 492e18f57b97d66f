"""News over HTTP: everybody reads the stream; who announces writes, under the same rules as on the pages."""

import pytest

from accounts.roles import Role
from tests.api.conftest import device_of
from tests.factories import accounts as people
from tests.factories.news import let_out

from .test_problems import check_problem

pytestmark = pytest.mark.django_db
TEXTS = [{"language": "en", "title": "A hearing", "text": "In December."}]
BETTER = {"texts": [{**TEXTS[0], "text": "In January."}], "notes": [{"language": "en", "note": "The month was wrong."}]}


@pytest.fixture(autouse=True)
def in_november(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def xia(db):
    return people.StaffFactory(name="Xia", roles=[Role.HOTLINE_AGENT])


def post(client, path, **body):
    return client.post(f"/api/v1/news/{path}", body, headers={"Idempotency-Key": "key-1"})


def test_everybody_reads_what_is_out(visitor, xia):
    row = let_out(xia)
    [said] = visitor.get("/api/v1/news/").json()["results"]
    assert (said["code"], said["title"]) == (f"news:{row.pk}", "A new kiosk")


def test_a_price_is_written_read_by_another_corrected_and_withdrawn(xia):
    xias, bosses = device_of(xia.user), device_of(people.StaffFactory(roles=[Role.SUPERVISOR]).user)
    key = post(xias, "write/", texts=TEXTS, category="tariff").json()["id"]
    assert post(xias, f"{key}/let-out/").json()["status"] == "offered"
    check_problem(post(xias, f"{key}/approve/", looked_at=0), 403, "missing_verb")
    assert post(bosses, f"{key}/approve/", looked_at=0).json()["status"] == "published"
    check_problem(post(bosses, f"{key}/correction/apply/"), 404, "not_found")
    assert post(xias, f"{key}/correct/", **BETTER).json()["corrected_at"] is None
    assert post(bosses, f"{key}/correction/apply/").json()["texts"][0]["text"] == "In January."
    assert post(xias, f"{key}/withdraw/", reason="Not decided.").json()["texts"] == []
