"""The engine's own page, and the warning on everybody's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sla.models import Fault
from sla.queries import watchdog
from tests.factories.sla import FaultFactory, HeartbeatFactory

pytestmark = pytest.mark.django_db
PAGE = "/staff/engine/"


@pytest.fixture
def admin(client, signed_in, ada):
    signed_in(client, ada.user)
    return client


def test_it_says_who_keeps_time(admin):
    HeartbeatFactory(name="system:sentry@a", beat_at=timezone.now())
    HeartbeatFactory(name="system:sentry@b", beat_at=timezone.now() - timedelta(minutes=1))
    text = admin.get(PAGE).content.decode()
    assert text.index("sentry@a") < text.index("alive") < text.index("sentry@b") < text.index("silent")


def test_with_nothing_at_fault_it_says_so(admin):
    assert "No promise is at fault" in admin.get(PAGE).content.decode()


def test_a_fault_is_put_away(admin):
    fault = FaultFactory(promise="T69")
    assert "T69" in admin.get(PAGE).content.decode()
    admin.post(f"{PAGE}faults/{fault.pk}/settle/")
    assert not Fault.objects.open().exists()


def test_one_that_cannot_be_followed_again_says_so(admin):
    answer = admin.post(f"{PAGE}faults/{FaultFactory().pk}/mend/", follow=True)
    assert "cannot be mended by trying again" in answer.content.decode()


class TestWarning:
    def test_staff_see_that_nobody_keeps_time(self, admin):
        watchdog.forget()
        assert "Nobody keeps time" in admin.get("/staff/").content.decode()

    def test_staff_see_that_one_has_gone_silent(self, admin):
        watchdog.forget()
        HeartbeatFactory(name="system:sentry@a", beat_at=timezone.now())
        HeartbeatFactory(name="system:sentry@b", beat_at=timezone.now() - timedelta(minutes=1))
        assert "A timekeeper has gone silent" in admin.get("/staff/").content.decode()

    def test_customers_are_spared(self, client, signed_in, olive):
        watchdog.forget()
        signed_in(client, olive)
        assert "keeps time" not in client.get("/cabinet/").content.decode()
