"""What somebody wants to be sent, over the API."""

import pytest

from notices.models import Refusal
from notices.way_out import Reader, WayOut
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def test_whoever_holds_the_link_stops_a_topic_and_sees_the_rest(client, account, time_machine):
    time_machine.move_to(NOW, tick=False)
    address = f"/api/v1/unsubscribe/{WayOut(Reader(account.customer_id), 'surveys', 'email').token}/"
    sent = client.post(f"{address}change/", {"surveys": []}, content_type="application/json")
    assert sent.status_code == 200
    stopped = [row for row in client.get(address).json()["results"] if not row["comes"]]
    assert {(row["topic"], row["means"]) for row in stopped} == {("surveys", "link")}
    assert (len(stopped), Refusal.objects.count()) == (4, 4)
    assert client.post(f"{address}change/", {"bills": []}, content_type="application/json").status_code == 400
    assert client.get(address.replace("/unsubscribe/s", "/unsubscribe/n")).status_code == 404
