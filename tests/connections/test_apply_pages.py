"""The public steps, the staff's page and the cabinet's claim, from the first question to the number."""

import pytest
from django.test import Client

from casework import references
from casework.models import Case
from connections.models import Application, ApplicationDraft, OneTimeNotice
from connections.operations.applying import Outside
from connections.operations.plan_loading import load_plans
from connections.queries.told_once import content_of
from notices.models import Message
from tests.factories import accounts as people

ANSWERS = {
    "what": {"kind": "residential"},
    "where": {"place": "兰陵县卞庄街道文峰路12号"},
    "needs": {"stove": "1", "wishes": "Ring after six."},
    "who": {"name": "周敏", "phone": "１３９ ００１３ ９０００"},
}


@pytest.fixture
def filled(client, plan, time_machine, now):
    """All four steps, not sent."""
    time_machine.move_to(now, tick=False)
    for step, answers in ANSWERS.items():
        client.post(f"/apply/{step}/", answers)
    return client


class TestTheSteps:
    def test_lead_one_to_the_next_and_to_the_check(self, client, plan):
        went = [client.post(f"/apply/{step}/", answers).headers["Location"] for step, answers in ANSWERS.items()]
        assert went == ["/apply/where/", "/apply/needs/", "/apply/who/", "/apply/check/"]

    def test_show_everything_once_more(self, filled):
        page = filled.get("/apply/check/").content.decode()
        assert all(words in page for words in ("a home", "文峰路12号", "kitchen stove", "Ring after six.", "周敏"))

    def test_keep_what_was_typed_and_say_what_is_wrong(self, client, plan):
        client.post("/apply/what/", ANSWERS["what"])
        answer = client.post("/apply/who/", {"name": "周敏", "phone": "12"})
        assert answer.status_code == 422
        assert "周敏" in answer.content.decode()

    def test_changed_from_the_check_lead_back_there(self, filled):
        answer = filled.post("/apply/where/?check", {"place": "开元名都3号楼"})
        assert answer.headers["Location"] == "/apply/check/"
        assert "开元名都3号楼" in filled.get("/apply/check/").content.decode()

    def test_cannot_be_skipped(self, client, plan):
        assert client.get("/apply/where/").headers["Location"] == "/apply/"
        client.post("/apply/what/", ANSWERS["what"])
        assert client.post("/apply/check/").headers["Location"] == "/apply/where/"

    def test_store_nothing_before_they_are_sent(self, filled):
        assert not Application.objects.exists()
        assert "周敏" not in ApplicationDraft.objects.get().sealed


class TestSending:
    def test_gives_the_number_at_once(self, filled):
        assert filled.post("/apply/check/").headers["Location"] == "/apply/done/"
        case = Case.objects.get(kind="connection")
        page = filled.get("/apply/done/").content.decode()
        assert f"{case.reference[:3]}-{case.reference[3:6]}" in page
        assert (case.channel, case.contact_phone, case.asker) == ("web", "+8613900139000", None)

    def test_twice_is_one_application(self, filled):
        for _ in range(2):
            filled.post("/apply/check/")
        assert Application.objects.count() == 1
        assert filled.get("/apply/check/").headers["Location"] == "/apply/done/"

    def test_tells_the_applicant_the_number_and_everything_at_once(self, filled, drained):
        filled.post("/apply/check/")
        drained()
        case = Case.objects.get(kind="connection")
        words = Message.objects.get(kind="connection_received", channel="sms").text
        assert references.grouped(case.tracking_code) in words
        assert OneTimeNotice.objects.filter(application=case.pk).exists()

    def test_too_often_keeps_the_answers_and_says_so(self, filled, settings):
        settings.APPLICATIONS_PER_PHONE = 1
        filled.post("/apply/check/")
        for step, answers in ANSWERS.items():
            filled.post(f"/apply/{step}/", answers)
        answer = filled.post("/apply/check/")
        assert answer.status_code == 429
        assert "文峰路12号" in answer.content.decode()
        assert Application.objects.count() == 1

    def test_of_a_customer_who_is_signed_in_stands_in_the_cabinet(self, client, signed_in, olive, plan):
        signed_in(client, olive)
        for step, answers in ANSWERS.items():
            client.post(f"/apply/{step}/", answers)
        client.post("/apply/check/")
        case = Case.objects.get(kind="connection")
        assert (case.asker, case.channel) == (olive, "cabinet")
        assert "Your connection" in client.get(f"/cabinet/requests/{case.reference}/").content.decode()


class TestADraft:
    def test_is_gone_on_with_by_its_link_elsewhere(self, filled):
        page = filled.get("/apply/later/").content.decode()
        link = "http://testserver/apply/link/#" + page.split("/apply/link/#")[1].split("<")[0].split('"')[0]
        other = Client()
        assert other.post("/apply/link/", {"link": link}).headers["Location"] == "/apply/check/"
        assert "周敏" in other.get("/apply/check/").content.decode()

    def test_of_an_old_link_is_not_opened_by_its_address(self, filled):
        secret = filled.session["application_draft"]
        other = Client()
        old = other.get(f"/apply/go-on/{secret}/")
        assert (old.status_code, other.get("/apply/check/").status_code) == (410, 302)
        assert other.post("/apply/link/", {"link": f"http://testserver/apply/go-on/{secret}/"}).status_code == 302
        assert other.post("/apply/link/", {"link": "nothing"}).status_code == 422

    def test_can_be_deleted(self, filled):
        filled.post("/apply/forget/")
        assert not ApplicationDraft.objects.exists()


class TestTheApplicantsPage:
    def test_shows_stages_turn_and_missing_papers_with_reference_and_code(self, client, application):
        case = application.case
        client.post("/track/", {"reference": case.reference, "code": case.tracking_code})
        page = client.get("/track/case/").content.decode()
        assert all(words in page for words in ("It is our turn", "Needs", "Gas_on", "徐欣"))
        assert "周敏" not in page
        assert "文峰路" not in page


class TestClaiming:
    def test_needs_no_typing_after_looking_it_up(self, client, signed_in, olive, application):
        case = application.case
        client.post("/track/", {"reference": case.reference, "code": case.tracking_code})
        signed_in(client, olive)
        answer = client.post("/cabinet/connections/claim/", {"reference": case.reference, "code": case.tracking_code})
        assert answer.headers["Location"] == f"/cabinet/requests/{case.reference}/"

    def test_with_a_wrong_code_finds_nothing(self, client, signed_in, olive, application):
        signed_in(client, olive)
        answer = client.post("/cabinet/connections/claim/", {"reference": application.case.reference, "code": "22222222"})
        assert answer.status_code == 422


class TestTheStaffsPage:
    GIVEN = {"name": "周敏", "phone": "13900139000", "place": "文峰路12号", "kind": "residential", "channel": "hall", "language": "en"}

    def test_takes_it_down_with_four_answers(self, client, signed_in, fang, steward, plan):
        answer = signed_in(client, fang).post("/staff/connections/new/", self.GIVEN)
        assert answer.headers["Location"] == "/staff/connections/new/done/"
        page = client.get("/staff/connections/new/done/").content.decode()
        assert all(words in page for words in ("徐欣", "Identity", "Open the case"))

    def test_sent_twice_is_one_application(self, client, signed_in, fang, steward, plan):
        signed_in(client, fang)
        for _ in range(2):
            client.post("/staff/connections/new/", {**self.GIVEN, "once": "abc123"})
        assert Application.objects.count() == 1

    def test_offers_no_case_to_who_does_not_work_on_cases(self, client, signed_in, mei, steward, plan):
        signed_in(client, mei).post("/staff/connections/new/", self.GIVEN)
        assert "Open the case" not in client.get("/staff/connections/new/done/").content.decode()

    @pytest.mark.parametrize(("role", "channel"), [("hotline_agent", "phone"), ("clerk", "hall")])
    def test_knows_the_channel_by_where_somebody_works(self, client, signed_in, hall, db, role, channel):
        somebody = people.StaffFactory(hall=hall, roles=[role])
        page = signed_in(client, somebody).get("/staff/connections/new/").content.decode()
        assert f'<option value="{channel}" selected>' in page

    def test_at_the_government_hall_asks_for_the_identity_card_too(self, client, signed_in, now, steward):
        load_plans(at=now)
        clerk = people.StaffFactory(hall=people.HallFactory(kind="government"), roles=["clerk"])
        signed_in(client, clerk)
        assert '<option value="government" selected>' in client.get("/staff/connections/new/").content.decode()
        client.post("/staff/connections/new/", {**self.GIVEN, "channel": "government"})
        application = Application.objects.select_related("case").get()
        assert (application.case.channel, application.way_in) == ("hall", "government")
        assert application.papers.filter(key="identity_shown").exists()
        told = content_of(application, "en", now)
        assert told["way_in"] == "at the government hall"
        assert "Identity card, the original" in str(told["papers"])

    def test_of_the_case_shows_the_outside_number_beside_our_day(self, client, signed_in, fang, applied, steward, now):
        application = applied(outside=Outside("aishandong", "LY-77", now))
        page = signed_in(client, fang).get(f"/staff/cases/{application.case.reference}/").content.decode()
        assert all(words in page for words in ("LY-77", "aishandong", "due there"))
