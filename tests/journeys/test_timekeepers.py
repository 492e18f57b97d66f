"""The operator looks after the engine: who keeps time, and what is at fault."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sla.queries import watchdog
from tests.factories.casework import CaseFactory
from tests.factories.sla import AlarmFactory, EscalationFactory, FaultFactory, HeartbeatFactory, PromiseVersionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def engine(db):
    now = timezone.now()
    watchdog.forget()
    HeartbeatFactory(name="system:sentry@a", beat_at=now + timedelta(hours=1))
    HeartbeatFactory(name="system:sentry@b", beat_at=now - timedelta(minutes=3))
    version = PromiseVersionFactory()
    alarm = AlarmFactory(clock__version=version, fires_at=now, fired_at=now + timedelta(seconds=0.01))
    EscalationFactory(alarm=alarm, created_at=now + timedelta(seconds=0.2))
    FaultFactory(promise="T15", seq=1, timeline=CaseFactory().timeline, at=now)


@pytest.mark.parametrize("phone", [False, True])
def test_one_of_two_is_silent_and_a_fault_is_put_away(engine, ada, page_in, signed_in, live_server, axe, phone):
    page = signed_in(page_in("en-GB", phone=phone), ada)
    page.goto(f"{live_server.url}/staff/engine/")
    expect(page.get_by_text("A timekeeper has gone silent")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Put away").click()
    expect(page.get_by_text("No promise is at fault")).to_be_visible()
