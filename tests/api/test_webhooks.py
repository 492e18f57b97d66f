"""Administrators' scripts manage webhooks; staff's own apps read the inbox."""

import pytest

from notices.models import Message, Subscription
from tests.api.conftest import device_of
from tests.factories.notices import InboxMessageFactory, SubscriptionFactory

WISH = {"name": "crm", "url": "https://hooks.example.com/in", "verbs": ["case.*"]}


@pytest.fixture
def adas(ada):
    return device_of(ada.user)


def post(client, path, body=None):
    return client.post(f"/api/v1/webhooks/{path}", body or {}, format="json")


class TestWebhooks:
    def test_a_new_one_answers_with_its_secret_once(self, adas):
        answer = post(adas, "subscribe/", WISH)
        made = answer.json()
        assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
        assert made["secret"].startswith("whsec_")
        assert "secret" not in adas.get(f"/api/v1/webhooks/{made['id']}/").json()

    @pytest.mark.parametrize(
        ("change", "status", "code"),
        [
            ({"url": "https://10.0.0.1/"}, 422, "bad_url"),
            ({"verbs": ["x"]}, 422, "bad_verbs"),
            ({"url": "http://a.example/"}, 422, "bad_url"),
        ],
    )
    def test_what_is_refused_has_a_code(self, adas, change, status, code):
        answer = post(adas, "subscribe/", WISH | change)
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    def test_a_repeat_is_refused(self, adas):
        post(adas, "subscribe/", WISH)
        assert post(adas, "subscribe/", WISH).json()["code"] == "name_taken"

    def test_it_is_changed(self, adas):
        row = SubscriptionFactory()
        assert post(adas, f"{row.pk}/change/", WISH).json()["verbs"] == ["case.*"]
        assert Subscription.objects.get().name == "crm"

    def test_its_secret_is_rotated(self, adas):
        row = SubscriptionFactory()
        assert post(adas, f"{row.pk}/rotate/").json()["secret"].startswith("whsec_")

    def test_it_is_switched_off_and_on(self, adas):
        row = SubscriptionFactory()
        assert post(adas, f"{row.pk}/switch-off/").json()["disabled_reason"] == "by_hand"
        assert post(adas, f"{row.pk}/switch-on/").json()["disabled_at"] is None

    def test_a_test_event_is_owed_and_listed(self, adas):
        row = SubscriptionFactory()
        answer = post(adas, f"{row.pk}/test/")
        assert (answer.status_code, answer.json()["status"]) == (202, "owed")
        assert [call["verb"] for call in adas.get(f"/api/v1/webhooks/{row.pk}/calls/").json()["results"]] == ["webhook.test"]

    def test_all_are_listed_without_secrets(self, adas):
        SubscriptionFactory(name="crm")
        text = adas.get("/api/v1/webhooks/").content.decode()
        assert "crm" in text
        assert "secret" not in text

    def test_an_unknown_one_is_not_found(self, adas):
        assert adas.get("/api/v1/webhooks/999/").status_code == 404


class TestInbox:
    def test_the_caller_reads_their_own(self, fangs, fang, qiang, now):
        InboxMessageFactory(staff=fang, subject="mine")
        InboxMessageFactory(staff=fang, subject="read", read_at=now)
        InboxMessageFactory(staff=qiang, subject="his")
        rows = fangs.get("/api/v1/me/notifications/", {"unread": "true"}).json()["results"]
        assert [row["subject"] for row in rows] == ["mine"]

    def test_only_their_own_are_marked(self, fangs, fang, qiang):
        ids = [InboxMessageFactory(staff=staff).pk for staff in (fang, qiang)]
        assert fangs.post("/api/v1/me/notifications/read/", {"ids": ids}, format="json").json() == {"count": 1}
        assert Message.objects.filter(read_at=None).get().staff == qiang
