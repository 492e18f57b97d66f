"""People of the virtual reception and letters to it, taken by its operations; imported by the tests of the reception."""

import pytest

import casework.operations
from accounts.actors import System
from accounts.roles import Role
from casework.models import Effect
from complaints.operations.appeals import NewAppeal, send_appeal
from complaints.operations.service_applications import NewService, apply_for_service
from tests.factories import accounts as people

WEB = System("web")


def verbs(case):
    return [event.verb for event in case.timeline.events.order_by("seq")]


@pytest.fixture
def rita(db):
    """Reception specialist."""
    return people.StaffFactory(user__username="rita", name="Рита", number="401", hall=None, roles=[Role.RECEPTION_SPECIALIST])


@pytest.fixture
def roman(db):
    """Routes applications."""
    return people.StaffFactory(user__username="roman", name="Роман", number="402", hall=None, roles=[Role.APPLICATION_ROUTER])


@pytest.fixture
def dina(db):
    """Specialist by direction."""
    return people.StaffFactory(user__username="dina", name="Дина", number="403", hall=None, roles=[Role.DIRECTION_SPECIALIST])


@pytest.fixture
def sent(rita, now):
    """``sent(topic="safety")``: an appeal from the web, in Rita's hands."""

    def send(by=WEB, at=now, **known):
        known = {
            "form": "question",
            "topic": "money",
            "text": "Why is the bill higher?",
            "channel": "web",
            "phone": "+8613900139000",
            **known,
        }
        return send_appeal(new=NewAppeal(**known), by=by, at=at)

    return send


@pytest.fixture
def wanted(roman, now):
    """``wanted(service="meter")``: an application for a service from the web, complete, in Roman's hands."""

    def apply(by=WEB, at=now, **known):
        details = {"place": "兰陵县卞庄街道文峰路12号", "meter": "G4-118"}
        known = {"service": "meter", "channel": "web", "phone": "+8613900139000", "details": details, **known}
        return apply_for_service(new=NewService(**known), by=by, at=at)

    return apply


@pytest.fixture
def drained(now):
    """``drained()``: everything that follows has followed."""

    def drain(at=now):
        for _ in range(20):
            if not Effect.objects.filter(done_at=None, next_attempt_at__lte=at).exists():
                return
            casework.operations.drain(at=at)

    return drain
