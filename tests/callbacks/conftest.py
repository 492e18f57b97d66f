"""A repair that a crew has finished, through the operations, and the call back that it brings."""

from datetime import timedelta

import pytest

import fieldwork.operations
from callbacks.models import FollowUp
from fieldwork.models import Evidence
from tests.repairs.conftest import crew, drained, going, reported  # noqa: F401

HOUR = timedelta(hours=1)


def verbs(case):
    return [event.verb for event in case.timeline.events.order_by("seq")]


@pytest.fixture
def finished(reported, going, account, now, drained):  # noqa: F811
    """``finished(phone="...")``: a meter mended by the crew of one, half an hour after it was reported."""

    def make(**known):
        given = {"fault": "meter", "answers": {"smell": "no"}, "account": account, "phone": "+8613800138000", **known}
        repair = reported(**given)
        visit = going(repair, "accept", "arrive")
        Evidence.objects.create(visit=visit, step="arrive", happened_at=now, received_at=now, latitude=34.8, longitude=118.0, by="t")
        done = now + HOUR / 2
        fieldwork.operations.finish(visit=visit, outcome="done", by=visit.crew.members.get().staff.user, at=done)
        drained(done + timedelta(seconds=1))
        repair.refresh_from_db()
        repair.case.refresh_from_db()
        return repair

    return make


def again(follow_up):
    """The same as somebody reads it now."""
    return FollowUp.objects.select_related("case__timeline").get(pk=follow_up.pk)


@pytest.fixture
def follow_up(finished):
    """The call back about it, waiting."""
    return again(FollowUp.objects.get(case=finished().case))
