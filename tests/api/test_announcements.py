"""Announcements over HTTP: what is out everybody reads; who announces does what they do on the pages, under the same rules."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from notices.operations import announcement_sending
from tests.api.conftest import device_of
from tests.factories import accounts as people
from tests.factories.announcements import announced
from tests.notices.test_announcements import home

from .test_problems import check_problem

pytestmark = pytest.mark.django_db
TEXTS = [{"language": "en", "title": "New hours", "text": "The hall opens at 8."}]


@pytest.fixture(autouse=True)
def in_november(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def xia(db):
    return people.StaffFactory(name="Xia", roles=[Role.HOTLINE_AGENT])


@pytest.fixture
def xias(xia):
    return device_of(xia.user)


@pytest.fixture
def bosses(db):
    return device_of(people.StaffFactory(name="Boss", roles=[Role.SUPERVISOR]).user)


def post(client, path, **body):
    return client.post(f"/api/v1/announcements/{path}", body, headers={"Idempotency-Key": "key-1"})


def test_everybody_reads_what_is_out(visitor, xia):
    home()
    row = announced(xia, is_public=True, is_safety=False)
    assert visitor.get("/api/v1/announcements/").json() == {"results": []}
    announcement_sending.release_due(at=row.publish_at)
    row.__class__.objects.update(publish_at=row.vip_at)
    [said] = visitor.get("/api/v1/announcements/").json()["results"]
    assert {text["title"] for text in said["texts"]} == {"New hours", "新时间"}


def test_written_scheduled_approved_moved_and_called_off(xias, bosses, now, settings):
    settings.ANNOUNCE_ALONE_BELOW = 1
    home(segment="vip")
    said = post(xias, "write/", texts=TEXTS, segments=["vip"], ways=["sms"]).json()
    key, hour = said["id"], timezone.localtime(now + timedelta(hours=2)).isoformat()
    assert post(xias, f"{key}/schedule/", publish_at=hour).json()["status"] == "offered"
    check_problem(post(xias, f"{key}/approve/"), 403, "missing_verb")
    assert post(bosses, f"{key}/approve/").json()["status"] == "scheduled"
    assert post(xias, f"{key}/move/", publish_at=timezone.localtime(now + timedelta(hours=3)).isoformat()).status_code == 200
    assert post(xias, f"{key}/cancel/", reason="Not decided yet").json()["status"] == "cancelled"
    check_problem(post(xias, f"{key}/cancel/", reason="Again"), 409, "wrong_move")


def test_what_cannot_be_said_is_refused(xias):
    assert post(xias, "write/", texts=TEXTS, kind="payment").status_code == 422
    assert xias.get("/api/v1/announcements/99/").status_code == 404
