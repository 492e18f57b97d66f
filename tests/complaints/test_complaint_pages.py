"""Complaints through their pages: the public one, the cabinet, the desk, whoever is asked, and the customer again."""

import re

import pytest
from django.test import Client

import casework.operations
import complaints.operations.complaint_answers as answers
import complaints.operations.looking_into as looking
from accounts.roles import Role
from casework.operations import Target
from complaints.models import Complaint
from complaints.operations.complaint_answers import Decision
from tests.complaints.complaint_cast import complain, router
from tests.factories.accounts import StaffFactory
from tests.factories.casework import GeneralRequestFactory

pytestmark = pytest.mark.django_db
STAFF = {"channel": "phone", "origin": "customer", "language": "zh-hans", "begins": "on"}
WRITTEN = {"about": "conduct", "text": "三号柜台的人大声对我喊叫。", "wanted_way": ""}


@pytest.fixture
def rui(db):
    return router()


@pytest.fixture
def desk(rui, signed_in):
    return signed_in(Client(), rui)


def only():
    return Complaint.objects.select_related("case").get()


class TestPublic:
    def test_nobody_complains_and_reads_the_answer_with_the_code(self, client, rui, now):
        shown = client.post("/complain/", WRITTEN, follow=True).text
        case = only().case
        assert (case.tracking_code[:4] in shown, "show what you complain about" in shown, "of a leak" in shown) == (True, True, False)
        answers.answer(complaint=only(), decision=Decision(outcome="justified", text="我们错了。", way="letter"), by=rui.user, at=now)
        page = client.post("/track/", {"reference": case.reference, "code": case.tracking_code}, follow=True).text
        assert "我们错了。" in page
        assert client.get("/track/complaint/letters/1.pdf").content[:4] == b"%PDF"

    def test_words_sent_too_late_go_with_the_code_given_once_more(self, client, now):
        case = complain(now).case
        asked = client.post("/track/complaint/say/", {"words": "还有一件事"})
        assert asked.status_code == 403
        hidden = dict(re.findall(r'type="hidden" name="(then|words)" value="([^"]+)"', asked.text))
        wrong = client.post("/track/", {**hidden, "reference": case.reference, "code": "WRONG"})
        assert (wrong.status_code, "还有一件事" in wrong.text) == (422, True)
        client.post("/track/", {**hidden, "reference": case.reference, "code": case.tracking_code}, follow=True)
        assert case.contacts.get().content == "还有一件事"

    def test_nobody_is_sent_away_from_the_tracking_page(self, client, now):
        case = complain(now).case
        there = client.post("/track/", {"then": "//example.org/track/", "reference": case.reference, "code": case.tracking_code})
        assert there.url == "/track/case/"

    def test_a_form_sent_twice_is_one_complaint(self, client):
        once = re.search(r'name="once" value="(\w+)"', client.get("/complain/").text).group(1)
        for _ in range(2):
            client.post("/complain/", {**WRITTEN, "once": once})
        assert Complaint.objects.count() == 1

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"text": "😡😡"}, "Say in words what happened"),
            ({"text": "字" * 50_000}, "50000"),
            ({"wanted_way": "letter"}, "Leave a postal address"),
            ({"phone": "one two three"}, "We cannot read this number"),
        ],
    )
    def test_what_cannot_be_taken_is_said_and_stays_typed(self, client, typed, said):
        answer = client.post("/complain/", {**WRITTEN, **typed})
        assert (answer.status_code, said in answer.text) == (422, True)
        assert next(iter(typed.values())) in answer.text or "wanted_way" in typed
        assert not Complaint.objects.exists()

    def test_a_staff_number_is_looked_up_and_an_unknown_one_stays_with_the_words(self, client, fang):
        client.post("/complain/", {**WRITTEN, "staff_number": fang.number})
        assert only().accused.get().staff == fang
        client.post("/complain/", {**WRITTEN, "staff_number": "99999", "accused_words": "高个子"})
        assert Complaint.objects.latest("pk").accused_words == "高个子 · 99999"

    def test_words_and_reopening_come_back_with_the_code(self, client, rui, now):
        complaint = complain(now)
        client.post("/track/", {"reference": complaint.case.reference, "code": complaint.case.tracking_code})
        looking.investigate(complaint=complaint, by=rui.user, at=now)
        looking.ask_customer(complaint=complaint, question="哪一天？", means="cabinet", by=rui.user, at=now)
        assert "哪一天？" in client.get("/track/case/").text
        client.post("/track/complaint/say/", {"words": "周二"})
        assert only().case.status == "investigating"
        answers.answer(complaint=only(), decision=Decision(outcome="justified", text="对。", way="cabinet"), by=rui.user, at=now)
        client.post("/track/complaint/reopen/", {"why": "没有用"})
        assert only().case.status == "investigating"

    def test_merged_one_reads_our_answer_and_nothing_of_the_other_who_complained(self, client, rui, now):
        case = complain(now).case
        other = complain(now, name="龙大江", phone="+8613812345678", address="卞庄街道文峰路12号")
        casework.operations.merge(case=case, into=other.case, by=rui.user, at=now)
        client.post("/track/", {"reference": case.reference, "code": case.tracking_code})
        assert "you read our answer here" in client.get("/track/case/").text
        text = f"龙大江您好：我们错了。卞庄街道文峰路12号，13812345678，{other.case.tracking_code}。请打 0539-5126119。"
        answers.answer(complaint=other, decision=Decision(outcome="justified", text=text, way="letter"), by=rui.user, at=now)
        shown = client.get("/track/case/").text
        assert ("我们错了" in shown, "0539-5126119。" in shown) == (True, True)
        assert not [words for words in ("龙大江", "文峰路", "13812345678", other.case.tracking_code, "大声对我") if words in shown]
        assert client.get("/track/complaint/letters/1.pdf").status_code == 404

    def test_with_the_code_it_is_withdrawn_once_somebody_says_that_they_mean_it(self, client, now):
        case = complain(now).case
        client.post("/track/", {"reference": case.reference, "code": case.tracking_code})
        assert "Tick that you withdraw it" in client.post("/track/complaint/withdraw/", follow=True).text
        assert only().case.is_unfinished
        shown = client.post("/track/complaint/withdraw/", {"is_meant": "on"}, follow=True).text
        assert ("Your complaint is withdrawn." in shown, "Yes, I withdraw it" in shown) == (True, False)
        assert (only().case.status, only().case.end_reason[:9]) == ("cancelled", "Withdrawn")

    def test_without_the_code_nothing_is_shown_or_done(self, client, now):
        complain(now)
        places = [
            client.get("/track/complaint/letters/1.pdf"),
            client.post("/track/complaint/say/", {"words": "x"}),
            client.post("/track/complaint/withdraw/", {"is_meant": "on"}),
            client.get("/complain/done/"),
        ]
        assert [answer.status_code for answer in places] == [302, 403, 403, 302]


class TestCabinet:
    def test_a_customer_complains_and_sees_it_among_the_requests(self, olive, signed_in, account):
        client = signed_in(Client(), olive)
        page = client.post("/cabinet/complaints/new/", {**WRITTEN, "wanted_way": "cabinet", "account": account.pk}, follow=True).text
        assert "三号柜台的人大声对我喊叫。" in page
        assert (only().case.account, only().case.channel) == (account, "cabinet")

    @pytest.mark.parametrize(("page", "who", "more"), [("/cabinet", "olive", {"wanted_way": "cabinet"}), ("/staff", "rui", STAFF)])
    def test_signed_in_too_a_form_sent_twice_is_one_complaint(self, page, who, more, request, signed_in):
        person = request.getfixturevalue(who)
        client = signed_in(Client(), person)
        once = re.search(r'name="once" value="(\w+)"', client.get(f"{page}/complaints/new/").text).group(1)
        answers = [client.post(f"{page}/complaints/new/", {**WRITTEN, **more, "once": once}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert only().major_why == ""

    def test_another_household_does_not_see_it(self, olive, signed_in, account, neighbour, now):
        stranger = complain(now, account=neighbour).case
        assert signed_in(Client(), olive).get(f"/cabinet/requests/{stranger.reference}/").status_code == 404


class TestDesk:
    def test_a_call_becomes_a_complaint_that_whoever_took_it_looks_into(self, desk, rui):
        call = GeneralRequestFactory(case__status="open", text="那个人对我喊").case
        assert f"/staff/cases/{call.reference}/complaint/" in desk.get(f"/staff/cases/{call.reference}/").text
        given = {**WRITTEN, "channel": "phone", "origin": "customer", "language": "zh-hans", "begins": "on"}
        page = desk.post(f"/staff/cases/{call.reference}/complaint/", given, follow=True)
        assert page.redirect_chain[-1][0] == f"/staff/complaints/{only().case.reference}/"
        assert (only().case.owner, only().case.status, only().case.split_from) == (rui, "investigating", call)

    def test_the_case_tells_in_its_story_what_it_is_about(self, desk, now):
        complaint = complain(now, about="delay")
        assert "Taken down: a delay" in desk.get(f"/staff/cases/{complaint.case.reference}/").text

    def test_whoever_takes_one_down_about_himself_is_told_and_sees_it_no_more(self, fang, signed_in):
        client = signed_in(Client(), fang)
        given = {**WRITTEN, "channel": "hall", "origin": "customer", "language": "zh-hans", "staff_number": fang.number}
        page = client.post("/staff/complaints/new/", given, follow=True).text
        assert "somebody else looks into it" in page
        assert client.get(f"/staff/complaints/{only().case.reference}/").status_code == 404
        assert only().case.reference not in client.get("/staff/cases/?list=hall").text

    def test_the_answer_is_given_on_the_page_with_work_to_follow(self, desk, now):
        complaint = complain(now)
        given = {
            "outcome": "partly",
            "text": "我们换表。",
            "way": "call",
            "language": "zh-hans",
            "work_words": "换表",
            "work_until": "2099-12-01",
        }
        page = desk.post(f"/staff/complaints/{complaint.case.reference}/answer/", given, follow=True).text
        assert (only().outcome, only().case.status, "换表" in page) == ("partly", "answered", True)
        work = only().case.answers.get().works.get()
        desk.post(f"/staff/complaints/{complaint.case.reference}/works/{work.pk}/done/")
        assert only().case.status == "settled"

    def test_a_form_that_cannot_be_taken_keeps_what_was_typed(self, desk, now):
        page = f"/staff/complaints/{complain(now).case.reference}"
        answer = desk.post(
            f"{page}/answer/", {"text": "只写了一半", "way": "call", "language": "en", "outcome": "partly", "work_words": "x"}
        )
        assert (answer.status_code, "只写了一半" in answer.text) == (422, True)
        stale = desk.post(f"{page}/investigate/", {"version": "99"}, follow=True)
        assert "Somebody else has just changed this" in stale.text

    def test_the_list_puts_what_is_grave_under_its_own_heading(self, desk, now):
        grave, plain = complain(now, text="我母亲中毒住院了"), complain(now)
        page = desk.get("/staff/complaints/?list=major").text
        assert (grave.case.reference in page, plain.case.reference in page) == (True, False)

    def test_a_threat_shows_how_to_stay_calm(self, desk, now):
        page = desk.get(f"/staff/complaints/{complain(now, text='我要打死那个收费的').case.reference}/").text
        assert "Do not ring alone" in page


def test_the_board_of_a_head_shows_no_complaint_about_himself(signed_in, fang, qiang, now, book):
    own, other = (complain(now, by=fang.user, channel="hall", staff=staff, text="我母亲中毒住院了") for staff in (qiang, None))
    page = signed_in(Client(), qiang).get("/staff/board/").text
    assert [f"/staff/cases/{one.case.reference}/" in page for one in (own, other)] == [False, True]


class TestAsked:
    def test_who_is_asked_reads_the_question_and_nothing_else(self, rui, fang, signed_in, now):
        complaint = complain(now, staff=fang, text="王芳骂我，我叫李娜", name="李娜")
        looking.inquire(
            complaint=complaint, to=Target(staff=fang, note="周二下午三号柜台怎么了？"), is_to_contact=False, by=rui.user, at=now
        )
        client = signed_in(Client(), fang)
        page = client.get(f"/staff/inquiries/{complaint.inquiries.get().pk}/").text
        assert "周二下午三号柜台怎么了？" in page
        assert "李娜" not in page
        assert complaint.case.reference not in page

    def test_the_answer_reaches_whoever_looks_into_it(self, rui, fang, desk, signed_in, now):
        complaint = complain(now)
        looking.inquire(complaint=complaint, to=Target(staff=fang, note="怎么了？"), is_to_contact=True, by=rui.user, at=now)
        said = {"finding": "我声音大了。", "has_contacted": "on"}
        signed_in(Client(), fang).post(f"/staff/inquiries/{complaint.inquiries.get().pk}/", said)
        assert "我声音大了。" in desk.get(f"/staff/complaints/{complaint.case.reference}/").text


def test_supervisors_see_what_complaints_come_to(signed_in, rui, now):
    answers.refuse(complaint=complain(now), decision=Decision(outcome="", text="不行。", way="call"), by=rui.user, at=now)
    boss = StaffFactory(roles=[Role.SUPERVISOR])
    page = signed_in(Client(), boss).get("/staff/complaints/results/?days=365").text
    assert "how somebody behaved" in page
