"""What a crew says over the radio: a dispatcher writes it down through the same door, with who told and who wrote."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.utils import timezone

import fieldwork.operations
from accounts.permissions import MissingVerb
from casework.operations import ReasonMissing, WrongMove
from casework.queries.stories import story_for_customer, story_for_staff
from fieldwork.models import Evidence, Offer, Visit
from fieldwork.operations.radio import Radioed, write_down
from fieldwork.operations.steps import TooLongAgo
from fieldwork.permissions import NotFromThisCrew
from fieldwork.sayings import sayable
from tests.factories.fieldwork import BookingFactory
from tests.fieldwork.conftest import facts

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def offered(asked, near, yan, now):
    visit = asked()
    fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
    return visit


@pytest.fixture
def hear(yan, hong, now, settings):
    """``hear(visit, step, minute)``: yan writes down what hong said, as it was so many minutes after the beginning."""
    settings.RADIO_MINUTES = 20

    def write(visit, step, minute=0, at=20, by=yan, teller=hong, **more):
        said = Radioed(step=step, teller=teller, happened_at=now + minute * MINUTE, **more)
        return write_down(visit=visit, said=said, by=by.user, at=now + at * MINUTE)

    return write


class TestSteps:
    def test_a_whole_visit_is_told(self, offered, hear, now):
        for minute, step in enumerate(("accept", "set_off", "arrive", "made_safe", "restored")):
            hear(offered, step, minute)
        hear(offered, "finish", 12, outcome="done")
        visit = Visit.objects.get()
        told = (visit.accepted_at, visit.set_off_at, visit.arrived_at, visit.made_safe_at, visit.restored_at, visit.ended_at)
        assert [(moment - now) // MINUTE for moment in told] == [0, 1, 2, 3, 4, 12]
        assert (visit.status, visit.outcome) == ("done", "done")

    def test_who_told_and_who_wrote_are_kept_and_no_proof_is_claimed(self, offered, hear, hong, yan, now):
        hear(offered, "accept")
        hear(offered, "arrive", 9)
        arrival = offered.timeline.events.get(verb="visit.arrive")
        assert (arrival.by, arrival.facts["told_by"], arrival.at) == (yan.user.actor_label, hong.pk, now + 20 * MINUTE)
        assert arrival.facts["happened_at"] == (now + 9 * MINUTE).isoformat()
        assert not Evidence.objects.exists()

    def test_nobody_home_and_given_back(self, offered, hear, asked, near, yan, now):
        for step in ("accept", "arrive", "find_nobody"):
            hear(offered, step)
        other = asked()
        fieldwork.operations.offer(visit=other, crew=near, by=yan.user, at=now)
        hear(other, "accept")
        hear(other, "give_back", reason="Flat tyre")
        assert list(Visit.objects.order_by("pk").values_list("status", flat=True)) == ["no_access", "asked"]
        assert Offer.objects.order_by("pk").last().why == "Flat tyre"

    def test_nothing_happened_before_what_it_follows_nor_later_than_now(self, offered, hear, now):
        hear(offered, "accept", 10)
        hear(offered, "arrive", 3)
        assert Visit.objects.get().arrived_at == now + 10 * MINUTE
        hear(offered, "made_safe", 99)
        assert Visit.objects.get().made_safe_at == now + 20 * MINUTE

    def test_what_the_phone_sends_later_finds_it_done(self, offered, hear, hong, now):
        hear(offered, "accept")
        hear(offered, "arrive", 9)
        with pytest.raises(WrongMove):
            fieldwork.operations.arrive(visit=offered, by=hong.user, at=now + 25 * MINUTE)


class TestRefused:
    @pytest.mark.parametrize(("minute", "is_taken"), [(4, False), (5, True)])
    def test_an_arrival_of_long_ago_is_no_word_of_mouth(self, offered, hear, settings, minute, is_taken):
        hear(offered, "accept", 0)
        settings.RADIO_MINUTES = 15
        with nullcontext() if is_taken else pytest.raises(TooLongAgo):
            hear(offered, "arrive", minute)
        assert (Visit.objects.get().arrived_at is not None) == is_taken

    def test_only_somebody_of_this_crew_can_have_said_it(self, offered, hear, kai, far):
        with pytest.raises(NotFromThisCrew):
            hear(offered, "accept", teller=kai)

    def test_only_a_dispatcher_writes_it_down(self, offered, hear, hong):
        with pytest.raises(MissingVerb):
            hear(offered, "accept", by=hong)

    @pytest.mark.parametrize("step", ["arrive", "finish", "cancel"])
    def test_a_step_that_does_not_follow(self, offered, hear, step):
        with pytest.raises(WrongMove):
            hear(offered, step, outcome="done")

    def test_given_back_needs_a_reason(self, offered, hear):
        hear(offered, "accept")
        with pytest.raises(ReasonMissing):
            hear(offered, "give_back")

    def test_nobody_has_it(self, asked, hear):
        visit = asked()
        assert sayable(visit) == ()
        with pytest.raises(WrongMove):
            hear(visit, "accept")


def test_staff_read_who_told_and_customers_do_not(offered, hear):
    hear(offered, "accept")
    hear(offered, "arrive", 9)
    assert "has arrived (done at 10:09, told later) (told by radio: 洪涛)" in story_for_staff(offered.case)[-1].text
    assert "radio" not in " ".join(line.text for line in story_for_customer(offered.case))


class TestPage:
    @pytest.fixture
    def place(self, offered):
        return f"/staff/dispatch/visits/{offered.pk}/"

    @pytest.fixture
    def dispatcher(self, client, signed_in, yan, monkeypatch, now):
        monkeypatch.setattr("fieldwork.views.dispatch_visit.business_now", lambda: now + 20 * MINUTE)
        return signed_in(client, yan)

    def said(self, hong, now, **other):
        moment = timezone.localtime(now + 9 * MINUTE).strftime("%Y-%m-%dT%H:%M")
        return {"said": "accept", "teller": hong.pk, "happened_at": moment, "reason": "", "version": 1, **other}

    def test_a_step_is_written_down(self, dispatcher, place, hong, now):
        assert "Told by radio" in dispatcher.get(place).content.decode()
        dispatcher.post(f"{place}radio/", self.said(hong, now))
        assert (Visit.objects.get().status, Visit.objects.get().accepted_at) == ("accepted", now + 9 * MINUTE)

    def test_an_old_page_writes_nothing_and_keeps_what_was_typed(self, dispatcher, place, hong, now):
        answer = dispatcher.post(f"{place}radio/", self.said(hong, now, version=0))
        page = answer.content.decode()
        assert (answer.status_code, Visit.objects.get().status) == (422, "offered")
        assert all(part in page for part in ("Somebody else has just changed this", "T10:09", 'name="version" value="1"'))

    def test_nobody_opened_before_the_time_agreed_is_refused_in_words(self, dispatcher, offered, place, hear, hong, now):
        BookingFactory(visit=offered, starts_at=now + 60 * MINUTE)
        hear(offered, "accept")
        hear(offered, "arrive", 9)
        answer = dispatcher.post(f"{place}radio/", self.said(hong, now, said="find_nobody", version=3))
        assert (answer.status_code, Visit.objects.get().status) == (422, "on_site")
        assert "The customer expects you from" in answer.text

    @pytest.mark.parametrize("wrong", [{"said": "finish:done"}, {"teller": 0}, {"happened_at": "yesterday"}])
    def test_what_cannot_be_is_refused(self, dispatcher, place, hong, now, wrong):
        assert dispatcher.post(f"{place}radio/", self.said(hong, now, **wrong)).status_code == 422
        assert Visit.objects.get().status == "offered"


def test_a_step_said_in_the_form_is_offered_with_every_outcome(offered, hear, client, signed_in, yan):
    hear(offered, "accept")
    hear(offered, "arrive")
    page = signed_in(client, yan).get(f"/staff/dispatch/visits/{offered.pk}/").content.decode()
    assert all(part in page for part in ('value="finish:no_fault"', 'value="find_nobody"', 'value="give_back"'))
    assert facts(offered, "visit.arrive")["told_by"]
