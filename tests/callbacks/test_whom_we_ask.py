"""Every single one of those the seeds name is asked how it went, in the way its origin asks for (CAL-01, CAL-04, CAL-05)."""

from datetime import timedelta

import pytest

from callbacks.models import FollowUp
from callbacks.queries.executors import who_worked
from casework.models import Origin
from casework.operations import Opening, answer_request, drain, move_case, open_request
from complaints.operations.appeal_answers import Words, answer_appeal
from complaints.operations.service_course import finish
from sla.models import Clock
from tests.conftest import NOW
from tests.factories.accounts import StaffFactory
from tests.factories.casework import CaseFactory
from tests.factories.reception import AppealFactory, ServiceApplicationFactory

LATER = NOW + timedelta(hours=1)
ROADS = [
    (Origin.CUSTOMER, None),
    (Origin.PETITION, "letter"),
    (Origin.GOVERNMENT, "letter"),
    (Origin.LEADER_DAY, "phone"),
    (Origin.CONDUCT_SUPERVISOR, "phone"),
]


def way():
    drain(at=LATER)
    return FollowUp.objects.values_list("way", flat=True).first()


@pytest.mark.parametrize(("origin", "asked"), ROADS)
def test_a_general_request_is_asked_after_by_who_put_it_forward(book, account, fang, origin, asked):
    opening = Opening(kind="general_request", subject="", channel="hall", account=account, origin=origin)
    request = open_request(opening=opening, topic="other", text="No reply to my letter", by=fang.user, at=NOW)
    answer_request(request=request, text="It was answered today.", means="call", by=fang.user, at=LATER)
    assert way() == asked
    assert Clock.objects.filter(timeline=request.case.timeline_id, promise="T73").exists() == (asked is not None)
    assert fang.pk in who_worked(request.case)


@pytest.mark.parametrize(("origin", "asked"), ROADS[:2])
def test_so_is_a_letter_to_the_reception(qiang, origin, asked):
    appeal = AppealFactory(case__origin=origin, case__contact_phone="+8613800138000")
    words = Words(text="Here is our answer.", way="call")
    answer_appeal(appeal=appeal, words=words, by=StaffFactory(roles=["reception_specialist"]).user, at=LATER)
    assert way() == asked


@pytest.mark.parametrize(("service", "asked"), [("meter", "phone"), ("certificate", None)])
def test_a_service_is_asked_after_where_somebody_came(db, service, asked):
    one = StaffFactory()
    agreed = ServiceApplicationFactory(service=service, case__status="agreed", case__owner=one, specialist=one, routed_at=NOW)
    finish(application=agreed, words="Done.", by=one.user, at=LATER)
    assert way() == asked


def test_gas_turned_on_again_is_asked_after(db, fang):
    case = CaseFactory(kind="restoration", timeline__kind="restoration", status="accepted")
    move_case(case=case, verb="restore", by=fang.user, at=LATER)
    assert way() == "phone"
