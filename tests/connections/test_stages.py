"""Stages run one after the other and beside each other, add up to the whole, and follow the application back and forth."""

from datetime import timedelta

import pytest

import casework.operations
from casework.operations import StaleRow, move_case
from connections.models import Ball, Deed, Stage
from connections.operations import stages
from connections.operations.plan_loading import load_plans
from connections.states import StageStatus
from sla.queries.stages import time_of
from tests.connections.conftest import BY, verbs

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def plan(book, now):
    """The plans as they are delivered, under the whole book of promises."""
    load_plans(at=now)


def standing(application):
    return {stage.key: stage.status for stage in application.stages.all() if stage.status != StageStatus.WAITING}


def running(application):
    return {stage.key for stage in application.stages.filter(status=StageStatus.RUNNING)}


def accept_papers(application, at):
    from connections.operations import papers

    for paper in application.papers.all():
        paper.application = application
        papers.show_at_counter(paper=paper, by=BY, at=at)


def done(application, key, at, **more):
    return stages.finish(stage=application.stages.select_related("application__case", "row").get(key=key), by=BY, at=at, **more)


def happened(application, deed, at, verb=""):
    if verb:
        move_case(case=application.case, verb=verb, by=BY, at=at)
    stages.finish_by_deed(application=application, deed=deed, by=BY, at=at)


def to_the_contract(application, at):
    accept_papers(application, at)
    done(application, "needs", at + HOUR)
    happened(application, Deed.HOME_VISIT, at + 3 * HOUR)
    happened(application, Deed.SURVEY, at + 5 * HOUR)
    done(application, "design", at + 9 * HOUR)
    happened(application, Deed.QUOTE, at + 10 * HOUR, verb="offer")


def to_the_gas(application, at):
    happened(application, Deed.CONTRACT, at + 11 * HOUR)
    happened(application, Deed.PAYMENT, at + 12 * HOUR)
    happened(application, Deed.INSTALLATION, at + 60 * HOUR, verb="inspect")
    happened(application, Deed.ACCEPTANCE, at + 61 * HOUR, verb="pass")
    happened(application, Deed.GAS_ON, at + 62 * HOUR, verb="connect")


def test_the_first_stage_begins_with_the_application_and_the_rest_has_its_days(application, now):
    first, *rest = stages.in_order(application.stages.select_related("row"))
    assert (first.key, first.status, first.begun_at) == ("needs", StageStatus.RUNNING, now)
    assert all(stage.planned_for for stage in rest if stage.key != "corrections")
    days = [stage.planned_for for stage in rest if stage.row.is_needed]
    assert days == sorted(days)


def test_from_application_to_gas_every_stage_adds_up_to_the_whole(application, now):
    to_the_contract(application, now)
    to_the_gas(application, now)
    assert application.case.status == "connected"
    whole = time_of(application.case.timeline_id, "H04", at=now + 90 * HOUR)
    assert whole.counted + whole.waited == 62 * HOUR
    assert whole.between == timedelta(0)
    assert set(standing(application)) == set(application.stages.values_list("key", flat=True))
    assert running(application) == set()


def test_while_the_ball_is_the_applicants_everywhere_the_whole_waits(application, now):
    to_the_contract(application, now)
    assert running(application) == {"contract"}
    told = verbs(application.case)
    assert told[-1] == "case.waiting_for_customer"
    happened(application, Deed.CONTRACT, now + 30 * HOUR)
    whole = time_of(application.case.timeline_id, "H04", at=now + 30 * HOUR)
    assert whole.waited == 20 * HOUR
    assert "case.customer_answered" not in verbs(application.case)[len(told) :], "the payment is theirs too"


def test_stages_of_one_place_run_beside_each_other(applied, steward, now):
    application = applied(kind="commercial", is_one_stop=True)
    accept_papers(application, now)
    done(application, "needs", now + HOUR)
    happened(application, Deed.HOME_VISIT, now + HOUR)
    happened(application, Deed.SURVEY, now + HOUR)
    done(application, "design", now + 2 * HOUR)
    happened(application, Deed.QUOTE, now + 3 * HOUR, verb="offer")
    happened(application, Deed.CONTRACT, now + 4 * HOUR)
    assert running(application) == {"payment", "approval", "road_approval"}
    happened(application, Deed.PAYMENT, now + 5 * HOUR)
    assert application.case.status == "contract"
    done(application, "approval", now + 6 * HOUR)
    done(application, "road_approval", now + 7 * HOUR)
    application.case.refresh_from_db()
    assert (application.case.status, running(application)) == ("construction", {"construction", "supervision"})
    assert time_of(application.case.timeline_id, "H04", at=now + 7 * HOUR).between == timedelta(0)


def test_a_failed_acceptance_is_corrected_and_accepted_again(application, now):
    to_the_contract(application, now)
    for deed, verb, at in (("contract", "", 11), ("payment", "", 12), ("installation", "inspect", 60)):
        happened(application, deed, now + at * HOUR, verb=verb)
    for verb, at, expected in (
        ("fail", 61, "corrections"),
        ("correct", 70, "acceptance"),
        ("fail", 71, "corrections"),
        ("correct", 72, "acceptance"),
    ):
        move_case(case=application.case, verb=verb, by=BY, at=now + at * HOUR)
        casework.operations.drain(at=now + at * HOUR)
        assert running(application) == {expected}
    move_case(case=application.case, verb="pass", by=BY, at=now + 73 * HOUR)
    move_case(case=application.case, verb="doubt", by=BY, at=now + 74 * HOUR)
    stages.come_back(application=application, by=BY, at=now + 74 * HOUR)
    assert running(application) == {"corrections"}
    assert time_of(application.case.timeline_id, "H04", at=now + 74 * HOUR).between == timedelta(0)


def test_another_design_means_another_quote_and_another_yes(application, now):
    to_the_contract(application, now)
    happened(application, Deed.CONTRACT, now + 11 * HOUR)
    move_case(case=application.case, verb="redesign", by=BY, at=now + 12 * HOUR)
    stages.come_back(application=application, by=BY, at=now + 12 * HOUR)
    assert running(application) == {"quote"}
    happened(application, Deed.QUOTE, now + 13 * HOUR, verb="offer")
    assert running(application) == {"contract"}


def test_nothing_is_designed_before_the_papers_that_must_be_here(application, now):
    done(application, "needs", now)
    happened(application, Deed.HOME_VISIT, now)
    happened(application, Deed.SURVEY, now)
    assert application.case.status == "accepted"
    accept_papers(application, now + HOUR)
    assert application.case.status == "design"


def test_who_acts_on_what_somebody_changed_meanwhile_looks_again(application, now):
    seen = application.stages.select_related("application__case", "row").get(key="needs")
    stages.turn(stage=seen, ball=Ball.AUTHORITY, seen=seen.version, by=BY, at=now)
    with pytest.raises(StaleRow):
        done(application, "needs", now, seen=seen.version)


@pytest.mark.parametrize("late", [False, True], ids=["ahead", "missed"])
def test_another_day_is_told_as_moved_or_as_missed(application, now, late):
    stage = application.stages.select_related("application__case", "row").get(key="needs")
    at = stage.promised_until + HOUR if late else now + HOUR
    stages.promise(stage=stage, until=at + 48 * HOUR, by=BY, at=at)
    assert verbs(application.case)[-2:] == ["connection.stage_missed" if late else "connection.stage_moved", "connection.stage_started"]


def test_a_payment_is_not_called_done_by_hand(application, now):
    stage = Stage.objects.select_related("application__case", "row").get(application=application, key="payment")
    with pytest.raises(stages.EndsByItself):
        stages.skip(stage=stage, reason="they paid in cash", by=BY, at=now)


def test_staff_run_stages_on_the_page_of_the_case(application, steward, client, signed_in, now):
    xin = signed_in(client, steward)
    page, stage = f"/staff/cases/{application.case.reference}/", application.stages.get(key="needs")
    act = f"/staff/connections/{application.case.reference}/stages/{stage.pk}/"
    assert "Need analysis" in xin.get(page).text
    assert "valid date" in xin.post(f"{act}promise/", {"seen": stage.version, "until": "soon"}, follow=True).text
    assert running(application) == {"needs"}
    xin.post(f"{act}finish/", {"seen": stage.version, "note": "Two cookers."})
    assert running(application) == {"home_visit"}
    assert "look again" in xin.post(f"{act}finish/", {"seen": stage.version}, follow=True).text.lower()
    xin.post(f"/staff/connections/{application.case.reference}/way/", {"way": "one_stop"})
    application.refresh_from_db()
    assert application.is_one_stop


def test_over_the_api_stages_tell_their_days_and_their_time(application, steward, client, signed_in, now):
    done(application, "needs", now + HOUR)
    answer = signed_in(client, steward).get(f"/api/v1/connections/{application.case.reference}/stages/").json()
    first = answer["results"][0]
    assert (first["key"], first["status"], first["counted"], first["waited"]) == ("needs", "done", 3600, 0)
