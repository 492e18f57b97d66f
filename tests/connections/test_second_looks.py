"""What was found when all of it was read again: acts that meet each other, and acts that come after the end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.operations.accounts import DoorTaken
from accounts.operations.customers import register_customer
from callbacks.operations.bearing import bear_now
from callbacks.operations.hearing import Said, hear
from casework.operations import Ended, StaleRow, cancel_case, move_case
from casework.permissions import VISITOR
from connections.models import Application, Ball, Deed, Defect, GasOn
from connections.operations import inspections, papers, stages, works
from connections.operations.gas_on import let_gas_in
from connections.operations.stages import NotRunning
from connections.queries.works import is_to_call
from connections.states import ConnectionStatus, StageStatus
from tests.connections.conftest import BY, verbs
from tests.connections.test_gas_on import building, built, critical, li, supply  # noqa: F401
from tests.connections.test_papers import picture
from tests.connections.test_works_pages import DEFECT, at_now, rows, to  # noqa: F401
from tests.factories.casework import AttachmentFactory
from tests.factories.connections import PaperFactory, PaperRowFactory

HOUR = timedelta(hours=1)


def again(application):
    """The same application as somebody else has it before them."""
    return Application.objects.select_related("case__timeline", "policy").get(pk=application.pk)


def paper(application, key):
    found = application.papers.select_related("row").get(key=key)
    found.application = application
    return found


def stage(application, **known):
    found = application.stages.select_related("row").get(**known)
    found.application = application
    return found


def test_a_photo_that_cannot_be_taken_takes_the_list_back(to):  # noqa: F811
    answer = to("fail", **rows({**DEFECT, "photo": SimpleUploadedFile("a.jpg", b"MZ no picture")}))
    assert (answer.status_code, answer.context["case"].status) == (422, ConnectionStatus.ACCEPTANCE)
    assert not Defect.objects.exists()


def test_mended_twice_leaves_what_was_checked_meanwhile(built, li, now):  # noqa: F811
    [defect] = inspections.fail(application=built, found=[critical(now)], by=li.user, at=now)
    seen = Defect.objects.select_related("application__case__timeline").get(pk=defect.pk)
    inspections.mend(defect=defect, by=BY, at=now)
    inspections.check(defect=defect, is_good=True, seen=defect.version, by=li.user, at=now + HOUR)
    inspections.mend(defect=seen, by=BY, at=now + 2 * HOUR)
    defect.refresh_from_db()
    assert (defect.mended_at, defect.version) == (now, 2)


def test_two_verdicts_at_once_begin_the_processing_once(application, now):
    seen = paper(again(application), "drawing")
    papers.show_at_counter(paper=paper(application, "identity"), by=BY, at=now)
    papers.show_at_counter(paper=seen, by=BY, at=now + HOUR)
    assert verbs(application.case).count("connection.planned") == 1
    assert again(application).processing_from == now


def test_another_way_is_not_chosen_after_the_end(application, now):
    cancel_case(case=application.case, reason="搬走了", by=BY, at=now)
    with pytest.raises(Ended):
        stages.choose_way(application=application, is_one_stop=True, by=BY, at=now)
    assert not again(application).is_one_stop


def test_no_other_day_is_agreed_once_gas_is_on(application, now):
    for key in ("identity", "drawing"):
        papers.show_at_counter(paper=paper(application, key), by=BY, at=now)
    application.case.status = ConnectionStatus.CONNECTED
    application.case.save()
    stages.finish_by_deed(application=application, deed=Deed.GAS_ON, by=BY, at=now)
    with pytest.raises(NotRunning):
        stages.agree_day(application=application, until=now + 48 * HOUR, by=BY, at=now)


def test_only_what_the_application_has_come_to_is_begun_before_its_turn(application, now):
    with pytest.raises(NotRunning):
        stages.begin(stage=stage(application, key="design"), by=BY, at=now)
    stages.begin(stage=stage(application, key="survey"), by=BY, at=now)
    stages.keep_up(application=application, by=BY, at=now + HOUR)
    assert stage(application, key="survey").status == StageStatus.RUNNING


def test_drawings_have_come_when_the_last_one_has(application, now):
    row = PaperRowFactory(policy=application.policy, key="pipes", may_follow=True, is_drawing=True)
    PaperFactory(application=application, row=row, key="pipes", may_follow=True)
    papers.show_at_counter(paper=paper(application, "pipes"), by=BY, at=now)
    assert "connection.drawing_received" not in verbs(application.case)
    papers.show_at_counter(paper=paper(application, "drawing"), by=BY, at=now)
    assert "connection.drawing_received" in verbs(application.case)


def test_an_application_holds_more_files_than_a_request(application, li, now):  # noqa: F811
    AttachmentFactory.create_batch(30, case=application.case)
    papers.hand_in(paper=paper(application, "identity"), file=ContentFile(picture(), name="a.png"), by=li.user, at=now)


def test_the_call_is_still_owed_when_somebody_just_closed_it(application, fang, now):
    application.case.status = ConnectionStatus.READY
    application.case.save()
    for verb, at in (("connect", now), ("close", now + HOUR)):
        move_case(case=application.case, verb=verb, by=BY, at=at)
    assert is_to_call(application)
    follow_up = bear_now(case=application.case)
    hear(follow_up=follow_up, said=Said(settled=True, score=4), by=fang.user, at=now + 2 * HOUR)
    assert (verbs(application.case)[-2], is_to_call(application)) == ("callback.done", False)
    with pytest.raises(StaleRow):
        hear(follow_up=follow_up, said=Said(settled=True, score=4), by=fang.user, at=now + 3 * HOUR)


def test_looking_at_papers_takes_our_time_and_sending_them_again_the_applicants(application, now, steward):
    stages.finish(stage=stage(application, key="needs"), by=BY, at=now)
    assert stage(application, key="papers").ball == Ball.APPLICANT
    papers.hand_in(paper=paper(application, "identity"), file=ContentFile(picture(), name="a.png"), by=VISITOR, at=now + HOUR)
    assert stage(application, key="papers").ball == Ball.COMPANY
    sent = paper(application, "identity")
    papers.reject(paper=sent, seen=sent.version, reason="看不清", by=steward.user, at=now + 2 * HOUR)
    assert stage(application, key="papers").ball == Ball.APPLICANT
    told = [verb for verb in verbs(application.case) if verb in {"connection.stage_waits", "connection.stage_goes_on"}]
    assert told == ["connection.stage_waits", "connection.stage_goes_on", "connection.stage_waits"]


def test_a_customer_we_know_keeps_one_record(built, supply, li, now, account):  # noqa: F811
    inspections.accept(application=built, by=li.user, at=now)
    known = register_customer(customer=supply.new_customer, by=BY, at=now)
    made = let_gas_in(application=built, supply=supply, by=li.user, at=now)
    assert made.account.customer == known


def test_a_door_that_has_an_account_is_said_so_and_nothing_is_left(built, supply, li, now, account):  # noqa: F811
    inspections.accept(application=built, by=li.user, at=now)
    taken = replace(supply, territory=account.premises.territory, door=account.premises.door)
    with pytest.raises(DoorTaken, match=account.number):
        let_gas_in(application=built, supply=taken, by=li.user, at=now)
    assert not GasOn.objects.exists()


def test_no_day_that_has_passed_is_promised_to_build(building, li, now):  # noqa: F811
    application = building(kind="commercial")
    with pytest.raises(stages.DayGone):
        works.dispatch(application=application, to="installer", installer=li, planned_for=now - HOUR, by=BY, at=now)
    application.works_order.refresh_from_db()
    assert application.works_order.dispatched_at is None
