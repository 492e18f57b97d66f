"""What goes by itself: an emergency at once, what lapses to the next crew, and a person when nobody is left."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import casework.operations
import fieldwork.operations
from accounts.actors import System
from accounts.roles import Role
from casework.models import Case, Effect
from fieldwork.models import Crew, CrewShift, Offer, Visit
from fieldwork.operations import crew_letters
from fieldwork.operations.dispatching import lapse_offers, remind_dispatchers
from notices.models import Message, Preference
from tests.factories.accounts import DutyFactory, StaffFactory, TerritoryFactory
from tests.factories.fieldwork import crew_out
from tests.fieldwork.conftest import FAR, facts, verbs

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
AFAR = (FAR[0] + 0.5, FAR[1])


def history():
    return list(Offer.objects.order_by("pk").values_list("crew__code", "answer"))


def letters(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("staff__user__username", "channel"))


@pytest.fixture
def emergency(asked, carry_out, now):
    """``emergency()``: reported, and everything that follows at once has followed."""

    def report(**known):
        visit = asked(**{"urgency": "emergency", "skill": "emergency", **known})
        carry_out(now)
        visit.refresh_from_db()
        return visit

    return report


class TestAtOnce:
    def test_an_emergency_goes_to_the_nearest_crew(self, near, far, emergency):
        assert emergency().crew == near
        assert Offer.objects.get().by == "system:dispatch"
        assert {"in_time", "own_territory", "free", "position"} == set(Offer.objects.get().reasons)

    def test_everything_else_waits_for_a_dispatcher(self, near, emergency):
        assert emergency(urgency="urgent", skill="indoor").status == "asked"

    def test_its_people_hear_of_it_by_night_too(self, near, emergency, hong):
        emergency()
        assert letters("visit_offered") == [("hong", "inbox"), ("hong", "sms")]
        message = Message.objects.filter(kind="visit_offered", channel="sms").get()
        assert message.is_safety
        assert "开元名都" in message.text
        assert Case.objects.get().reference[:3] in message.text

    def test_a_crew_without_the_skill_is_passed_over(self, near, far, emergency):
        near.skills = ["meter"]
        near.save()
        assert emergency().crew == far

    def test_a_crew_whose_only_member_can_sign_in_no_more_is_passed_over(self, near, far, emergency, hong):
        type(hong.user).objects.filter(pk=hong.user_id).update(is_active=False)
        assert emergency().crew == far

    def test_a_crew_at_home_on_call_is_not_asked_by_itself(self, near, emergency):
        CrewShift.objects.update(is_on_call=True)
        assert emergency().status == "asked"

    def test_what_a_dispatcher_did_first_stands(self, near, far, asked, yan, carry_out, now):
        visit = asked(urgency="emergency", skill="emergency")
        fieldwork.operations.offer(visit=visit, crew=far, by=yan.user, at=now)
        carry_out(now)
        assert history() == [("K2", "")]

    def test_nothing_fails_on_the_way(self, near, emergency):
        emergency()
        assert not Effect.objects.exclude(last_error="").exists()

    def test_a_case_that_becomes_an_emergency_goes_out_at_once(self, near, asked, carry_out, fang, now):
        visit = asked()
        carry_out(now)
        casework.operations.change_case(case=Case.objects.get(), urgency="emergency", by=fang.user, at=now + MINUTE)
        carry_out(now + MINUTE)
        visit.refresh_from_db()
        assert (visit.urgency, visit.crew) == ("emergency", near)


class TestTooLate:
    @pytest.fixture
    def duty(self, yan, now):
        """Yan is on duty, a colleague is not."""
        StaffFactory(user__username="off", roles=[Role.DISPATCHER], hall=None)
        DutyFactory(staff=yan, hall=None, starts_at=now - MINUTE)

    def test_it_is_said_at_minute_nought(self, duty, kai, emergency, now):
        crew_out(kai, code="K2", at=AFAR)
        visit = emergency()
        assert visit.late_foreseen_at == now
        assert facts(visit, "visit.late_foreseen")["minutes"] > 60
        assert letters("visit_late_foreseen") == [("yan", "inbox"), ("yan", "sms")]

    def test_somebody_goes_all_the_same(self, duty, kai, emergency):
        crew_out(kai, code="K2", at=AFAR)
        assert emergency().crew.code == "K2"

    def test_the_options_are_named(self, duty, quarter, emergency, hong, kai):
        home = crew_out(hong, code="HOME", name="备班", at=AFAR)
        CrewShift.objects.update(is_on_call=True)
        other = crew_out(kai, code="NEXT", name="邻区班", territories=[TerritoryFactory()])
        visit = emergency()
        ways = facts(visit, "visit.late_foreseen")["ways"]
        assert {way["option"]: way["crew"] for way in ways} == {"call_in": home.pk, "neighbour": other.pk, "police_and_fire": None}
        text = Message.objects.filter(kind="visit_late_foreseen").first().text
        assert all(word in text for word in ("备班", "邻区班", "119"))

    def test_nobody_out_at_all_is_said_too(self, duty, emergency):
        visit = emergency()
        assert facts(visit, "visit.late_foreseen")["minutes"] is None
        assert verbs(visit)[-1] == "visit.nobody_left"
        assert letters("visit_nobody_left") == [("yan", "inbox"), ("yan", "sms")]

    def test_in_time_is_nothing_to_say(self, duty, near, emergency):
        assert emergency().late_foreseen_at is None


class TestLapse:
    def test_the_next_crew_is_asked(self, near, far, emergency, carry_out, now):
        visit = emergency()
        assert lapse_offers(at=now + 4 * MINUTE) == 0
        assert lapse_offers(at=now + 5 * MINUTE) == 1
        carry_out(now + 5 * MINUTE)
        assert history() == [("K1", "lapsed"), ("K2", "")]
        assert verbs(visit)[-3:] == ["visit.offer", "visit.lapse", "visit.offer"]

    def test_once_however_often_the_job_runs(self, near, far, emergency, carry_out, now):
        emergency()
        for _ in range(3):
            lapse_offers(at=now + 6 * MINUTE)
            carry_out(now + 6 * MINUTE)
        assert history() == [("K1", "lapsed"), ("K2", "")]

    def test_when_nobody_is_left_a_person_is_told(self, near, yan, emergency, carry_out, now):
        visit = emergency()
        lapse_offers(at=now + 6 * MINUTE)
        carry_out(now + 6 * MINUTE)
        assert verbs(visit)[-1] == "visit.nobody_left"
        assert letters("visit_nobody_left") == [("yan", "inbox"), ("yan", "sms")]

    def test_what_was_taken_on_does_not_lapse(self, near, emergency, hong, now):
        fieldwork.operations.accept(visit=emergency(), by=hong.user, at=now)
        assert lapse_offers(at=now + 60 * MINUTE) == 0

    def test_one_that_fails_holds_up_no_other(self, near, emergency, now, monkeypatch):
        broken, fine = emergency(), emergency()
        real = fieldwork.operations.dispatching.lapse

        def lapse(*, visit, **more):
            if visit.pk == broken.pk:
                raise RuntimeError("planted")
            return real(visit=visit, **more)

        monkeypatch.setattr("fieldwork.operations.dispatching.lapse", lapse)
        assert lapse_offers(at=now + 6 * MINUTE) == 2
        assert Visit.objects.get(pk=fine.pk).status == "asked"
        assert Visit.objects.get(pk=broken.pk).status == "offered"


class TestStillNobody:
    @pytest.fixture
    def waiting(self, near, yan, emergency, hong, carry_out, now):
        """Everybody has declined, and the dispatcher was told at once."""
        visit = emergency()
        fieldwork.operations.decline(visit=visit, by=hong.user, at=now)
        carry_out(now)
        return Visit.objects.get()

    @pytest.fixture
    def remind(self, carry_out, now):
        def run(minute):
            count = remind_dispatchers(at=now + minute * MINUTE)
            carry_out(now + minute * MINUTE)
            return count

        return run

    def told(self):
        return Message.objects.filter(kind="visit_nobody_left", channel="sms").count()

    def test_the_dispatchers_hear_it_again_once_each_time(self, waiting, remind):
        assert [remind(minute) for minute in (2, 3, 3, 5, 6, 6)] == [0, 1, 0, 0, 1, 0]
        assert (self.told(), verbs(waiting)[-2:]) == (3, ["visit.still_nobody"] * 2)
        assert "It has waited for 6 minutes." in Message.objects.filter(kind="visit_nobody_left").latest("pk").text

    def test_no_page_grows_old_by_it(self, waiting, remind):
        remind(3)
        assert Visit.objects.get().version == waiting.version

    def test_a_crew_that_has_come_on_shift_is_asked_instead(self, waiting, remind, far):
        remind(3)
        assert (Visit.objects.get().crew, self.told()) == (far, 1)

    def test_it_ends_when_somebody_is_asked(self, waiting, remind, far, yan, now):
        fieldwork.operations.offer(visit=waiting, crew=far, by=yan.user, at=now)
        assert (remind(9), self.told()) == (0, 1)

    def test_it_ends_when_the_visit_is_called_off(self, waiting, remind, yan, now):
        fieldwork.operations.cancel(visit=waiting, by=yan.user, at=now)
        assert (remind(9), self.told()) == (0, 1)

    def test_what_is_no_emergency_is_said_once(self, asked, near, hong, yan, carry_out, remind, now):
        visit = asked()
        fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
        fieldwork.operations.decline(visit=visit, by=hong.user, at=now)
        carry_out(now)
        assert (remind(60), self.told()) == (0, 1)


class TestVehicle:
    @pytest.fixture
    def numbers(self):
        return lambda kind: sorted(Message.objects.filter(kind=kind, channel="sms").values_list("address", flat=True))

    def test_its_phone_hears_it_too(self, near, emergency, numbers, yan, now, carry_out):
        Crew.objects.update(phone="+8613900000099")
        fieldwork.operations.recall(visit=emergency(), by=yan.user, at=now)
        carry_out(now)
        assert numbers("visit_offered") == numbers("visit_recalled") == ["+8613900000061", "+8613900000099"]

    def test_a_number_of_a_member_s_own_is_told_once(self, near, emergency, numbers):
        Crew.objects.update(phone="+8613900000061")
        emergency()
        assert numbers("visit_offered") == ["+8613900000061"]

    def test_a_member_who_wants_no_text_messages_leaves_it_to_the_vehicle(self, near, emergency, numbers, hong):
        Preference.objects.create(staff=hong, channel="none")
        Crew.objects.update(phone="+8613900000061")
        emergency()
        assert numbers("visit_offered") == ["+8613900000061"]

    def test_the_same_offer_is_told_once_however_often_it_is_asked_for(self, near, emergency, numbers, now):
        Crew.objects.update(phone="+8613900000099")
        event = emergency().timeline.events.get(verb="visit.offer")
        crew_letters.tell_crews(events=[event], at=now)
        assert numbers("visit_offered") == ["+8613900000061", "+8613900000099"]


class TestAfterThat:
    def test_declined_goes_to_the_next(self, near, far, emergency, hong, carry_out, now):
        fieldwork.operations.decline(visit=emergency(), by=hong.user, at=now)
        carry_out(now)
        assert history() == [("K1", "declined"), ("K2", "")]

    def test_an_emergency_given_back_goes_on_at_once(self, near, far, emergency, hong, carry_out, now):
        visit = emergency()
        fieldwork.operations.accept(visit=visit, by=hong.user, at=now)
        fieldwork.operations.give_back(visit=visit, reason="flat tyre", by=hong.user, at=now)
        carry_out(now)
        assert history() == [("K1", "given_back"), ("K2", "")]

    def test_about_the_rest_the_dispatcher_decides(self, near, far, asked, yan, hong, carry_out, now):
        visit = asked()
        fieldwork.operations.offer(visit=visit, crew=near, by=yan.user, at=now)
        fieldwork.operations.accept(visit=visit, by=hong.user, at=now)
        fieldwork.operations.give_back(visit=visit, reason="flat tyre", by=hong.user, at=now)
        carry_out(now)
        assert history() == [("K1", "given_back")]
        assert letters("visit_given_back") == [("yan", "inbox"), ("yan", "sms")]

    @pytest.mark.parametrize("verb", ["recall", "cancel"])
    def test_who_need_not_go_is_told(self, near, emergency, carry_out, verb, now):
        getattr(fieldwork.operations, verb)(visit=emergency(), by=System("tests"), at=now)
        carry_out(now)
        assert letters("visit_recalled") == [("hong", "inbox"), ("hong", "sms")]

    def test_busy_crews_are_asked_after_free_ones(self, near, far, emergency):
        assert emergency().crew == near
        assert emergency().crew == far


class TestMany:
    def test_a_storm_is_spread_over_the_crews(self, near, far, asked, carry_out, now):
        for _ in range(4):
            asked(urgency="emergency", skill="emergency")
        carry_out(now)
        assert sorted(Offer.objects.values_list("crew__code", flat=True)) == ["K1", "K1", "K2", "K2"]

    def test_what_everybody_shares_is_read_once(self, near, far, asked, carry_out, now):
        def reads(count):
            for _ in range(count):
                asked(urgency="emergency", skill="emergency")
            with CaptureQueriesContext(connection) as seen:
                carry_out(now)
            return [
                sum(part in query["sql"] for query in seen.captured_queries) for part in ('FROM "fieldwork_crewshift"', 'INTO "notices')
            ]

        assert reads(1) == reads(12) == [1, 1]

    def test_what_somebody_else_holds_waits_without_a_failure(self, near, asked, now, monkeypatch):
        visit = asked(urgency="emergency", skill="emergency")
        monkeypatch.setattr("fieldwork.operations.dispatching._hold", lambda visits: [])
        casework.operations.drain(now)
        effect = Effect.objects.get(topic="fieldwork.reactions.send_first")
        assert (effect.attempts, effect.done_at, effect.last_error) == (0, None, "")
        monkeypatch.undo()
        casework.operations.drain(now + timedelta(seconds=1))
        visit.refresh_from_db()
        assert visit.crew == near
