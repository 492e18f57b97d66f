"""Papers come, are looked at, and are waived; and each of the two clocks begins when it must."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.models import Attachment
from casework.operations import Ended, ReasonMissing, SaidTooLate, StaleRow, cancel_case
from casework.permissions import VISITOR
from casework.queries import open_list
from connections.operations import paper_lists, papers, stewards
from connections.operations.paper_lists import LookFirst
from connections.operations.papers import NotLookedAt, Settled
from connections.queries.papers import holding_up, missing, papers_of
from connections.states import StageStatus
from tests.connections.conftest import BY, verbs
from tests.factories import accounts as people
from tests.factories import connections as factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def picture(colour="white"):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def paper(application):
    """``paper("drawing")``: one of the application's, as it stands now."""

    def get(key):
        found = application.papers.select_related("row", "application__case").get(key=key)
        found.application = application
        return found

    return get


@pytest.fixture
def hand_in(paper, now):
    def send(key, content=None, by=VISITOR, at=now, name="photo.png"):
        return papers.hand_in(paper=paper(key), file=ContentFile(content or picture(), name=name), by=by, at=at)

    return send


@pytest.fixture
def judge(paper, steward, now):
    def say(key, act="accept", at=now, seen=None, by=None, **more):
        one = paper(key)
        verdict = getattr(papers, act)
        return verdict(paper=one, seen=one.version if seen is None else seen, by=by or steward.user, at=at, **more)

    return say


def status(application, key):
    return application.papers.get(key=key).status


def test_an_application_is_accepted_with_gaps_each_with_owner_and_day(application, steward, now):
    found = papers_of(application)
    assert (application.is_with_gaps, application.case.status, application.processing_from) == (True, "accepted", None)
    assert [one.key for one in holding_up(found)] == ["identity"]
    assert all(one.owner == steward and one.due_at > now for one in found)


def test_open_papers_follow_the_steward(application, steward, hall, hand_in, judge, now):
    judge("identity", "waive", reason="We have it.")
    other = people.StaffFactory(user__username="lan", hall=hall, roles=[Role.STEWARD])
    stewards.hand_over(application=application, to=other, note="Go on.", by=steward.user, at=now)
    assert dict(application.papers.values_list("key", "owner")) == {"identity": steward.pk, "drawing": other.pk}


def test_where_no_paper_is_needed_the_company_begins_at_once(applied, steward, plan, now):
    plan.papers.all().delete()
    bare = applied()
    assert (bare.is_with_gaps, bare.processing_from) == (False, now)
    assert bare.stages.get(key="papers").status == StageStatus.DONE


def test_the_companys_clock_begins_when_the_last_needed_paper_came(application, hand_in, judge, now):
    hand_in("identity", at=now + HOUR)
    assert application.processing_from is None, "nobody has looked yet"
    judge("identity", at=now + 5 * HOUR)
    application.refresh_from_db()
    assert application.processing_from == now + HOUR
    assert status(application, "drawing") == "wanted", "it may follow"
    assert {"connection.paper_handed_in", "connection.paper_accepted", "connection.planned"} <= set(verbs(application.case))


def test_a_rejected_paper_is_wanted_again_and_says_why(application, hand_in, judge, paper, now):
    hand_in("identity")
    judge("identity", "reject", reason="The name cannot be read.")
    assert [one.verdict for one in missing(papers_of(application))] == ["The name cannot be read.", ""]
    second = hand_in("identity", picture("grey"), at=now + HOUR)
    assert (second.number, paper("identity").verdict) == (2, "")
    assert [one.verdict for one in paper("identity").files.all()] == ["The name cannot be read.", ""]


def test_the_same_file_sent_twice_is_one_version(hand_in, application):
    assert hand_in("identity") == hand_in("identity")
    assert Attachment.objects.filter(case=application.case).count() == 1


def test_the_last_paper_ends_the_stage_of_papers(application, hand_in, judge, paper, steward, now):
    hand_in("identity")
    judge("identity")
    papers.show_at_counter(paper=paper("drawing"), by=steward.user, at=now)
    assert application.stages.get(key="papers").status == StageStatus.DONE
    shown = paper("drawing").files.get()
    assert (shown.attachment, shown.is_accepted) == (None, True)


def test_a_drawing_is_received_before_anybody_judges_it_or_waived(application, hand_in, judge):
    hand_in("drawing")
    assert "connection.drawing_received" in verbs(application.case)
    judge("drawing", "waive", reason="It came through joint review.")
    assert verbs(application.case)[-1] == "connection.drawing_waived"


def test_a_verdict_is_about_what_was_seen(hand_in, judge, paper):
    hand_in("identity")
    seen = paper("identity").version
    hand_in("identity", picture("red"))
    with pytest.raises(StaleRow):
        judge("identity", seen=seen)


def test_nothing_is_judged_that_was_not_handed_in_and_nothing_refused_without_a_reason(judge, hand_in):
    with pytest.raises(NotLookedAt):
        judge("identity")
    for act in ("reject", "waive"):
        with pytest.raises(ReasonMissing):
            judge("identity", act, reason=" ")
    judge("identity", "waive", reason="We have it.")
    with pytest.raises(Settled):
        hand_in("identity")


def test_of_an_application_that_ended_nothing_is_taken(application, hand_in, now):
    cancel_case(case=application.case, reason="moved", by=BY, at=now)
    with pytest.raises(Ended):
        hand_in("identity")
    assert not Attachment.objects.exists()


def test_only_who_handles_cases_judges(hand_in, judge, mei):
    hand_in("identity")
    with pytest.raises(Forbidden):
        judge("identity", by=mei.user)


class TestTheListToldOnce:
    def test_names_all_that_is_missing_and_ticks_off_what_comes(self, application, steward, hand_in, judge, now):
        told = paper_lists.name_missing(application=application, means="counter", by=steward.user, at=now)
        assert {one.name for one in told.papers.all()} == {"Identity", "Drawing"} or told.papers.count() == 2
        hand_in("identity", at=now + HOUR)
        assert told.papers.exclude(arrived_at=None).count() == 1
        judge("identity")
        judge("drawing", "waive", reason="not needed")
        assert open_list(application.case) is None

    def test_waits_until_all_that_came_was_looked_at(self, application, steward, hand_in, now):
        hand_in("identity")
        with pytest.raises(LookFirst):
            paper_lists.name_missing(application=application, means="counter", by=steward.user, at=now)

    def test_may_ask_again_for_what_came_and_was_wrong(self, application, steward, hand_in, judge, now):
        paper_lists.name_missing(application=application, means="counter", by=steward.user, at=now)
        hand_in("identity", at=now + HOUR)
        judge("identity", "reject", reason="It is of somebody else.", at=now + 2 * HOUR)
        second = paper_lists.name_missing(application=application, means="counter", by=steward.user, at=now + 2 * HOUR)
        assert (second.number, second.signed_by) == (2, None)

    def test_asks_for_something_new_only_with_a_signature(self, application, steward, qiang, now):
        paper_lists.name_missing(application=application, means="counter", by=steward.user, at=now)
        row = factories.PaperRowFactory(policy=application.policy, key="lease")
        factories.PaperFactory(application=application, row=row)
        with pytest.raises(SaidTooLate):
            paper_lists.name_missing(application=application, means="counter", by=steward.user, at=now + HOUR)
        second = paper_lists.name_missing(application=application, means="counter", by=qiang.user, at=now + HOUR, reason="Overlooked.")
        assert (second.signed_by, second.papers.count()) == (qiang, 3)
