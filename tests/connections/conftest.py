"""A plan with stages of every sort, a steward, and an application taken by its operation."""

import pytest

import casework.operations
import connections.operations.applying
from accounts.actors import System
from accounts.roles import Role
from casework.models import Effect
from connections.models import Ball, ConnectionKind, Deed
from connections.operations.applying import Wish
from connections.states import ConnectionStatus
from tests.factories import accounts as people
from tests.factories import connections as factories

BY = System("tests")
#: Key -> status, place in it, whose turn, what ends it.
STAGES = {
    "needs": (ConnectionStatus.ACCEPTED, 1, Ball.COMPANY, Deed.MANUAL),
    "papers": (ConnectionStatus.ACCEPTED, 2, Ball.APPLICANT, Deed.PAPERS),
    "survey": (ConnectionStatus.ACCEPTED, 2, Ball.COMPANY, Deed.SURVEY),
    "design": (ConnectionStatus.DESIGN, 1, Ball.COMPANY, Deed.QUOTE),
    "contract": (ConnectionStatus.CONTRACT, 1, Ball.APPLICANT, Deed.CONTRACT),
    "payment": (ConnectionStatus.CONTRACT, 2, Ball.APPLICANT, Deed.PAYMENT),
    "works": (ConnectionStatus.CONSTRUCTION, 1, Ball.COMPANY, Deed.INSTALLATION),
    "acceptance": (ConnectionStatus.ACCEPTANCE, 1, Ball.COMPANY, Deed.ACCEPTANCE),
    "gas_on": (ConnectionStatus.READY, 1, Ball.COMPANY, Deed.GAS_ON),
}


def verbs(case):
    return [event.verb for event in case.timeline.events.order_by("seq")]


def make_plan(kind=ConnectionKind.RESIDENTIAL, **known):
    """A plan in force: the stages above, an identity card at once, a drawing that may come at the survey, one fee."""
    policy = factories.PolicyVersionFactory(kind=kind, **known)
    for key, (status, position, ball, deed) in STAGES.items():
        factories.StageRowFactory(policy=policy, key=key, status=status, position=position, ball=ball, deed=deed)
    factories.PaperRowFactory(policy=policy, key="identity", position=1)
    factories.PaperRowFactory(policy=policy, key="drawing", position=2, may_follow=True, at_survey=True, is_drawing=True)
    factories.FeeRowFactory(policy=policy, key="connection")
    return policy


@pytest.fixture
def plan(db):
    return make_plan()


@pytest.fixture
def steward(hall):
    """Xin, the only steward."""
    return people.StaffFactory(user__username="xin", name="徐欣", number="301", hall=hall, roles=[Role.STEWARD])


@pytest.fixture
def applied(plan, now):
    """``applied(kind="commercial", place="...")``: an application, through the operation."""

    def make(by=BY, at=now, **known):
        known = {"kind": "residential", "channel": "web", "name": "周敏", "phone": "+8613900139000", **known}
        if not {"premises", "place"} & set(known):
            known["place"] = "兰陵县卞庄街道文峰路12号"
        return connections.operations.applying.apply(wish=Wish(**known), by=by, at=at)

    return make


@pytest.fixture
def application(applied, steward):
    """An accepted one, of somebody who has no cabinet, with Xin as its steward."""
    return applied()


@pytest.fixture
def drained(now):
    """``drained()``: everything that follows has followed."""

    def drain(at=now):
        for _ in range(20):
            if not Effect.objects.filter(done_at=None, next_attempt_at__lte=at).exists():
                return
            casework.operations.drain(at=at)

    return drain
