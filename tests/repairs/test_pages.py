"""The doors of reports: the leak page, the desk's intake, the case's page, the cabinet."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from casework.models import Case
from fieldwork.models import Visit
from repairs.models import Repair, Restoration
from tests.casework.conftest import PNG
from tests.factories.casework import GeneralRequestFactory
from tests.factories.repairs import RepairFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
LEAK = {"fault": "leak", "place": "兰陵县文峰路17号", "phone": "13800138000"}


def report(client, **given):
    return client.post("/report/", {**LEAK, **given})


@pytest.fixture
def fangs(fang):
    return sign_in(Client(), fang)


@pytest.fixture
def olives(olive):
    return sign_in(Client(), olive)


class TestLeakPage:
    def test_what_to_do_comes_before_the_first_field(self, client):
        text = client.get("/report/").content.decode()
        assert text.index("0539-3617087") < text.index("Call from outside") < text.index("<select")
        assert text.count("<li>") >= 6
        assert (text.count("<script"), text.count(" defer></script>")) == (1, 1)  # the button of one's own place, after everything else

    @pytest.mark.parametrize(("language", "word"), [("en", "Report a leak"), ("zh-hans", "燃气"), ("ru", "газ")])
    def test_it_speaks_the_readers_language(self, client, language, word):
        answer = client.get("/report/", headers={"Accept-Language": language})
        assert f'lang="{language}"' in answer.content.decode()
        assert language != "en" or word in answer.content.decode()

    def test_a_passer_by_reports_and_comes_back_to_it(self, client):
        assert report(client).headers["Location"] == "/report/done/"
        case = Case.objects.get()
        text = client.get("/report/done/").content.decode()
        assert (case.status, case.channel, case.asker, case.contact_phone) == ("ordered", "web", None, "+8613800138000")
        assert all(part in text for part in (case.reference[:3], case.tracking_code[:4], "Keep these two"))

    def test_what_was_typed_survives_a_mistake(self, client):
        answer = report(client, place="", text="behind the stove", fault="meter", phone="garbage 12")
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "behind the stove" in text
        assert "garbage 12" in text
        assert "138 0013 8000" in text

    def test_no_phone_holds_up_a_leak(self, client):
        assert report(client, phone="ask my son").status_code == 302
        assert Repair.objects.get().text == "☎ ask my son"

    def test_a_form_sent_twice_is_one_report(self, client):
        for _ in "12":
            report(client, once="abc")
        assert Repair.objects.count() == 1

    def test_forms_without_their_mark_are_reports_each(self, client):
        for _ in "12":
            report(client)
        assert Repair.objects.count() == 2

    def test_a_stranger_sees_nobody_s_report(self, client):
        report(Client())
        assert client.get("/report/done/").headers["Location"] == "/report/"

    def test_a_flood_from_one_browser_is_stored_and_set_aside_and_another_is_heard(self, client):
        client.get("/report/")
        for number in range(6):
            report(client, phone="", once=str(number), place=f"文峰路{number}号")
        statuses = list(Case.objects.order_by("pk").values_list("status", flat=True))
        report(Client(), phone="13900139000")
        assert statuses == ["ordered"] * 3 + ["held"] * 3
        assert "colleague looks" in client.get("/report/done/").content.decode()
        assert Case.objects.latest("pk").status == "ordered"

    def test_another_city_is_told_whom_to_ring(self, client, town):
        report(client, place="青岛市市南区香港中路1号")
        text = client.get("/report/done/").content.decode()
        assert 'href="tel:119"' in text
        assert not Visit.objects.exists()

    def test_the_tracking_page_of_another_city_promises_nothing_either(self, client, town):
        report(client, place="青岛市市南区香港中路1号")
        case = Case.objects.get()
        client.post("/track/", {"reference": case.reference, "code": case.tracking_code})
        text = client.get("/track/case/").content.decode()
        assert ("ring 119 now" in text, "What we promised you" in text) == (True, False)


class TestPhotos:
    """They come after the report, so that none of them can lose it."""

    def photos(self, *contents):
        return {"photos": [SimpleUploadedFile(f"{number}.png", content, "image/png") for number, content in enumerate(contents)]}

    def test_they_are_kept_and_those_that_cannot_be_are_named(self, client):
        report(client)
        answer = client.post("/report/done/photos/", self.photos(PNG, b"<script>", PNG + b"2"))
        text = answer.content.decode()
        assert (answer.status_code, Case.objects.get().attachments.count()) == (422, 2)
        assert all(part in text for part in ("1.png", "cannot be taken", "We have 2 files from you.", "Keep these two"))

    def test_a_customer_finds_what_was_sent_in_the_cabinet(self, olives):
        report(olives)
        olives.post("/report/done/photos/", self.photos(PNG))
        assert ">0.png</a>" in olives.get(f"/cabinet/requests/{Case.objects.get().reference}/").content.decode()

    def test_all_kept_leads_back(self, client):
        report(client)
        assert client.post("/report/done/photos/", self.photos(PNG)).headers["Location"] == "/report/done/"

    def test_who_reported_nothing_adds_nothing(self, client):
        report(Client())
        assert client.post("/report/done/photos/", self.photos(PNG)).headers["Location"] == "/report/"
        assert not Case.objects.get().attachments.exists()

    @pytest.mark.parametrize(("language", "said"), [("en", "At most 10 files"), ("zh-hans", "10"), ("ru", "10")])
    def test_twenty_are_too_many_in_every_language(self, client, language, said):
        report(client)
        client.cookies["django_language"] = language
        text = client.post("/report/done/photos/", self.photos(*[PNG + bytes([n]) for n in range(20)])).content.decode()
        assert (said in text, "19.png" in text, Case.objects.get().attachments.count()) == (True, True, 10)


class TestFollowing:
    @pytest.fixture
    def second(self, town):
        report(Client(), fault="low_pressure", place="开元名都1号楼1单元")
        client = Client()
        report(client, fault="low_pressure", place="开元名都1号楼2单元", phone="")
        return client

    def test_an_earlier_report_is_offered_followed_and_left_again(self, second):
        assert "reported the like" in second.get("/report/done/").content.decode()
        second.post("/report/done/follow/")
        assert Repair.objects.latest("pk").follows == Repair.objects.earliest("pk")
        assert "goes along with" in second.get("/report/done/").content.decode()
        second.post("/report/done/alone/")
        assert Repair.objects.latest("pk").follows is None
        assert Visit.objects.open().count() == 2

    def test_the_desk_joins_and_parts_them(self, second, fangs):
        first, other = Repair.objects.order_by("pk")
        address = f"/staff/repairs/{other.case.reference}"
        assert "the same building" in fangs.get(f"/staff/cases/{other.case.reference}/").content.decode()
        fangs.post(f"{address}/follow/", {"lead": first.case.reference})
        assert "Let it stand by itself" in fangs.get(f"/staff/cases/{other.case.reference}/").content.decode()
        fangs.post(f"{address}/stand-alone/")
        other.refresh_from_db()
        assert other.follows is None

    def test_a_customer_goes_along_from_the_cabinet(self, olives, reported, account):
        lead = reported(account=account, fault="low_pressure", at=timezone.now() - timedelta(minutes=10))
        olives.post("/cabinet/repairs/new/", {"account": account.pk, "fault": "low_pressure"})
        own = Repair.objects.latest("pk")
        assert "Yes, the same" in olives.get(f"/cabinet/requests/{own.case.reference}/").content.decode()
        olives.post(f"/cabinet/repairs/{own.case.reference}/follow/")
        own.refresh_from_db()
        assert own.follows == lead


class TestDesk:
    TAKEN = {"fault": "meter", "channel": "phone", "language": "ru", "place": "文峰路17号", "is_order": "on"}

    def test_the_answers_so_far_come_to_something_while_the_caller_speaks(self, fangs):
        text = fangs.post("/staff/repairs/triage/", {"fault": "leak", "hiss": "yes"}).content.decode()
        assert "gas is heard streaming out" in text
        assert "<html" not in text

    def test_a_fault_is_taken_down_for_a_passer_by(self, fangs, fang):
        answer = fangs.post("/staff/repairs/new/", {**self.TAKEN, "smell": "no", "name": "王五"})
        case = Case.objects.get()
        assert answer.headers["Location"] == f"/staff/cases/{case.reference}/"
        assert (case.owner, case.language, case.status, case.repair.answers["smell"]) == (fang, "ru", "ordered", "no")

    def test_without_a_place_nothing_is_taken_and_nothing_is_lost(self, fangs):
        answer = fangs.post("/staff/repairs/new/", {**self.TAKEN, "place": "", "text": "lamp flickers"})
        assert answer.status_code == 422
        assert "lamp flickers" in answer.content.decode()

    def test_written_down_now_and_ordered_later(self, fangs):
        fangs.post("/staff/repairs/new/", {**self.TAKEN, "is_order": ""})
        case = Case.objects.get()
        assert "Order the repair" in fangs.get(f"/staff/cases/{case.reference}/").content.decode()
        assert case.reference[:3] in fangs.get("/staff/repairs/").content.decode()
        fangs.post(f"/staff/repairs/{case.reference}/order/", {"version": case.version})
        assert Case.objects.get().status == "ordered"

    def test_a_call_s_record_becomes_a_repair(self, fangs, account):
        call = GeneralRequestFactory(case__account=account, text="My stove hisses").case
        assert "Make a repair order of it" in fangs.get(f"/staff/cases/{call.reference}/").content.decode()
        assert "My stove hisses" in fangs.get(f"/staff/cases/{call.reference}/repair/").content.decode()
        fangs.post(f"/staff/cases/{call.reference}/repair/", {**self.TAKEN, "fault": "appliance"})
        assert Case.objects.get(kind="repair").split_from == call

    def test_a_page_that_is_out_of_date_does_nothing(self, fangs):
        case = RepairFactory().case
        answer = fangs.post(f"/staff/repairs/{case.reference}/order/", {"version": "7"}, follow=True)
        assert "Somebody else has just changed this" in answer.content.decode()
        assert Case.objects.get().status == "reported"

    def test_class_and_urgency_are_corrected(self, fangs, reported):
        case = reported(fault="meter").case
        fangs.post(f"/staff/repairs/{case.reference}/classify/", {"urgency": "urgent", "classification": "major"})
        text = fangs.get(f"/staff/cases/{case.reference}/").content.decode()
        assert "Urgent, major fault" in text
        assert "the desk decided so" in text

    def test_gas_is_to_be_turned_on_again(self, fangs, account):
        address = f"/staff/accounts/{account.number}/restorations/new/"
        answer = fangs.post(address, {"cause": "debt", "channel": "hall", "urgency": "normal"}, follow=True)
        assert "Accepted. A crew is asked for." in answer.content.decode()
        assert Restoration.objects.get().case.account == account

    def test_nothing_waiting_says_so(self, fangs):
        assert "Nothing waits" in fangs.get("/staff/repairs/").content.decode()


class TestCabinet:
    def test_a_customer_reports_at_home(self, olives, olive, account):
        answer = olives.post("/cabinet/repairs/new/", {"account": account.pk, "fault": "leak", "text": "kitchen"}, follow=True)
        case = Case.objects.get()
        assert "You reported" in answer.content.decode()
        assert (case.asker, case.account, case.channel, case.status) == (olive, account, "cabinet", "ordered")

    def test_nobody_reports_at_somebody_else_s(self, olives, neighbour):
        assert olives.post("/cabinet/repairs/new/", {"account": neighbour.pk, "fault": "leak"}).status_code == 422
        assert not Case.objects.exists()
