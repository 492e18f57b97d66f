"""What was accepted can be asked for again while it matters, with a reason and as seldom as the second list allows."""

from datetime import timedelta

import pytest

from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.operations import ReasonMissing, StaleRow
from connections.models import Application
from connections.operations import paper_lists, paper_revisions, papers, stages
from connections.operations.paper_revisions import MattersNoMore, NotSettled
from connections.states import StageStatus
from notices.models import Message
from tests.connections.conftest import verbs
from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def paper(application):
    def get(key="identity"):
        found = application.papers.select_related("row", "application__case").get(key=key)
        found.application = application
        return found

    return get


@pytest.fixture
def show(paper, steward, now):
    """``show("identity")``: it is right, as anybody at the counter can see."""

    def at_counter(key="identity", at=now):
        return papers.show_at_counter(paper=paper(key), by=steward.user, at=at)

    return at_counter


@pytest.fixture
def take_back(paper, steward, now):
    def take(key="identity", by=None, at=now + HOUR, seen=None, reason="It is of somebody else."):
        one = paper(key)
        return paper_revisions.take_back(paper=one, seen=one.version if seen is None else seen, reason=reason, by=by or steward.user, at=at)

    return take


def test_it_is_wanted_again_with_its_reason_and_a_day_and_the_applicant_hears_why(application, show, take_back, drained, now):
    show()
    found = take_back()
    assert (found.status, found.verdict, found.due_at > now) == ("rejected", "It is of somebody else.", True)
    assert found.files.get().is_accepted is False
    drained(now + HOUR)
    told = Message.objects.filter(kind="connection_paper_wanted_again")
    assert {message.channel for message in told} >= {"sms"}
    assert "connection.paper_taken_back" in verbs(application.case)


def test_the_stage_of_papers_begins_again_and_waits_for_the_applicant(application, show, take_back, steward, now):
    stages.finish(stage=application.stages.get(key="needs"), by=steward.user, at=now)
    show()
    show("drawing")
    assert application.stages.get(key="papers").status == StageStatus.DONE
    take_back()
    stage = application.stages.get(key="papers")
    assert (stage.status, stage.ball) == (StageStatus.RUNNING, "applicant")
    assert verbs(application.case).count("connection.stage_started") == 4
    show(at=now + 2 * HOUR)
    assert application.stages.get(key="papers").status == StageStatus.DONE


def test_nothing_is_ordered_before_it_is_back(application, show, take_back, steward, now):
    show()
    Application.objects.filter(pk=application.pk).update(processing_from=now)
    type(application.case).objects.filter(pk=application.pk).update(status="contract")
    application.case.refresh_from_db()
    application.stages.exclude(row__status__in=["construction", "acceptance", "ready"]).update(status=StageStatus.DONE)
    take_back()
    stages.keep_up(application=application, by=steward.user, at=now + HOUR)
    assert application.case.status == "contract"
    show(at=now + 2 * HOUR)
    application.case.refresh_from_db()
    assert application.case.status == "construction"


def test_what_has_not_changed_since_the_first_list_somebody_else_signs_for(application, show, take_back, steward, hall, now):
    show()
    paper_lists.name_missing(application=application, means="counter", by=steward.user, at=now + HOUR)
    assert paper_revisions.needs_signature(application.papers.get(key="identity"))
    with pytest.raises(Forbidden):
        take_back(at=now + 2 * HOUR)
    supervisor = StaffFactory(user__username="sun", hall=hall, roles=[Role.SUPERVISOR])
    assert take_back(at=now + 2 * HOUR, by=supervisor.user).status == "rejected"


def test_what_came_after_the_first_list_its_steward_takes_back(application, show, take_back, steward, now):
    paper_lists.name_missing(application=application, means="counter", by=steward.user, at=now)
    show(at=now + HOUR)
    assert take_back(at=now + 2 * HOUR).status == "rejected"


def test_only_what_was_decided_while_it_matters_and_as_it_was_seen(application, show, take_back, mei, now):
    with pytest.raises(NotSettled):
        take_back()
    seen = show().version
    with pytest.raises(ReasonMissing):
        take_back(reason=" ")
    with pytest.raises(StaleRow):
        take_back(seen=seen - 1)
    with pytest.raises(Forbidden):
        take_back(by=mei.user)
    type(application.case).objects.filter(pk=application.pk).update(status="construction")
    with pytest.raises(MattersNoMore):
        take_back()


def test_a_steward_does_it_on_the_page_of_the_paper(application, show, steward, client, signed_in):
    version, page = show().version, f"/staff/connections/{application.case.reference}/papers/{application.papers.get(key='identity').pk}/"
    xin = signed_in(client, steward)
    assert "Ask for it again" in xin.get(page).text
    assert xin.post(page, {"act": "take_back", "seen": version, "reason": ""}).status_code == 422
    xin.post(page, {"act": "take_back", "seen": version, "reason": "It is of somebody else."})
    assert application.papers.get(key="identity").status == "rejected"
