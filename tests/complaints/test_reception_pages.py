"""The doors of the virtual reception: the public one, the desk's, the cabinet's, the tracking page."""

import pytest

from accounts.models import Binding
from casework.models import Case
from complaints.models import Appeal, DirectionQuestion, ReceptionRoute, ServiceApplication
from complaints.operations import triage
from complaints.queries.letters import letter_of
from notices.models import Message
from tests.complaints.reception import *  # noqa: F403
from tests.factories import complaints as rows
from tests.signing_in import sign_in

pytestmark = pytest.mark.usefixtures("book")
LETTER = {"topic": "money", "text": "Why is the bill higher?", "phone": "139 0013 9000", "once": "a1"}


@pytest.fixture(autouse=True)
def today(time_machine, now):
    time_machine.move_to(now, tick=False)


def track(client, case):
    client.post("/track/", {"reference": case.reference, "code": case.tracking_code})
    return client.get("/track/case/").content.decode()


def desk(client, staff, case, act="", **given):
    room = "letters" if case.kind == "appeal" else "services"
    url = f"/staff/reception/{room}/{case.reference}/{act}"
    known = sign_in(client, staff)
    return known.post(url, given) if act else known.get(url)


def test_anybody_writes_and_has_number_and_code(client, rita):
    assert client.get("/reception/").status_code == 200
    answer = client.post("/reception/question/", LETTER, follow=True)
    case = Case.objects.get()
    assert (case.kind, case.channel, case.contact_phone, case.owner) == ("appeal", "web", "+8613900139000", rita)
    assert case.tracking_code[:4] in answer.content.decode()


def test_a_letter_sent_twice_by_a_hurried_thumb_is_one(client, rita):
    for _ in range(2):
        client.post("/reception/appeal/", LETTER)
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "\u200b\u2060"},
        {"text": "😡"},
        {"text": "я" * 10_001},
        {"phone": ""},
        {"phone": "abc"},
        {"topic": ""},
        {"topic": "x"},
    ],
)
def test_what_cannot_be_taken_stays_in_the_form(client, db, wrong):
    answer = client.post("/reception/appeal/", {**LETTER, "place": "Wenfeng 12", **wrong})
    assert (answer.status_code, Appeal.objects.count()) == (422, 0)
    assert "Wenfeng 12" in answer.content.decode()


def test_emoji_and_mixed_scripts_arrive_as_they_were_written(client, rita):
    text = "Газ 煤气 gas 🔥 <script>alert(1)</script>"
    client.post("/reception/review/", {**LETTER, "text": text, "phone": ""})
    page = desk(client, rita, Case.objects.get()).content.decode()
    assert Appeal.objects.get().text == text
    assert "🔥" in page
    assert "<script>alert" not in page


def test_looking_for_an_answer_sends_nothing_and_keeps_what_was_typed(client, db):
    answer = client.post("/reception/question/", {**LETTER, "look": "1"})
    assert (answer.status_code, Appeal.objects.count()) == (200, 0)
    assert "Why is the bill higher?" in answer.content.decode()
    assert client.post("/reception/asked-already/", {"text": "bill"}).status_code == 200


def test_a_customer_finds_the_letter_and_the_answer_in_the_cabinet(client, olive, account, rita, now):
    known = sign_in(client, olive)
    known.post("/reception/question/", {**LETTER, "phone": "", "account": account.pk})
    case = Case.objects.get()
    desk(type(client)(), rita, case, "answer/", text="The second tier began.", way="cabinet")
    page = known.get(f"/cabinet/requests/{case.reference}/").content.decode()
    assert "The second tier began." in page
    assert "This did not help" in page


def test_on_the_tracking_page_the_answer_stands_and_no_word_of_theirs(client, rita, sent):
    case = sent(text="My very own words").case
    desk(type(client)(), rita, case, "decline/", reason="Heating is the city's.")
    page = track(client, case)
    assert "Heating is the city&#x27;s." in page
    assert "My very own words" not in page


def test_asked_back_one_answers_with_number_and_code(client, rita, sent):
    case = sent().case
    desk(type(client)(), rita, case, "ask/", question="Which month?")
    assert "Which month?" in track(client, case)
    client.post("/track/reception/", {"text": "October."})
    case.refresh_from_db()
    assert (case.status, case.contacts.last().content) == ("received", "October.")


def test_with_number_and_code_the_answer_is_a_letter_and_the_case_opened_again(client, rita, sent):
    case = sent().case
    desk(type(client)(), rita, case, "answer/", text="The second tier began.", way="sms")
    track(client, case)
    letter = client.get("/track/reception/letters/1.pdf")
    assert (letter.status_code, letter.content[:5]) == (200, b"%PDF-")
    client.post("/track/reception/reopen/", {"why": "It did not."})
    case.refresh_from_db()
    assert case.status == "received"


@pytest.mark.parametrize("kind", ["complaint", "letter"])
def test_who_opened_it_again_often_enough_is_told_how_to_speak_with_us(kind, client, rita, sent, now, settings):
    settings.REOPEN_TIMES = 0
    case = sent().case if kind == "letter" else rows.ComplaintFactory(case__status="settled").case
    rows.AnswerFactory(case=case, complaint=None)
    Case.objects.filter(pk=case.pk, kind="appeal").update(status="answered")
    page = track(client, case)
    assert ("opened again several times" in page, "tel:0539-5126119" in page, "This did not help<" in page) == (True, True, False)


def test_of_what_is_not_in_sight_nothing_is_taken(client, sent):
    sent()
    asked = client.post("/track/reception/", {"text": "October."})
    assert (asked.status_code, "October." in asked.content.decode()) == (403, True)  # kept, and sent with the code once more
    assert client.post("/track/reception/")["Location"] == "/track/"


def test_the_desk_forwards_the_specialist_answers_and_the_reception_writes(client, rita, dina, sent):
    case = sent().case
    desk(type(client)(), rita, case, "forward/", to=dina.pk, question="Which tier?")
    assert "Which tier?" in desk(type(client)(), dina, case).content.decode()
    desk(type(client)(), dina, case, "direction-answer/", answer="The second.")
    assert "The second." in desk(client, rita, case).content.decode()
    assert DirectionQuestion.objects.get().answered_by == dina


def test_an_answer_can_be_put_in_short_for_everybody(client, rita, sent):
    case = sent(is_publishable=True).case
    assert "/staff/publications/new/" not in desk(type(client)(), rita, case).content.decode()
    desk(type(client)(), rita, case, "answer/", text="The second tier began.", way="sms")
    assert f"/staff/publications/new/{case.reference}/" in desk(client, rita, case).content.decode()


def test_a_refused_act_keeps_what_was_typed_and_says_why(client, rita, sent):
    case = sent().case
    answer = desk(client, rita, case, "tell-date/", until="2020-01-01T10:00", reason="Archive.")
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert "Archive." in answer.content.decode()


def test_from_a_page_that_is_old_nothing_is_done(client, rita, sent):
    case = sent().case
    answer = desk(client, rita, case, "answer/", text="So.", way="sms", version=case.version + 7)
    case.refresh_from_db()
    assert (answer.status_code, case.status) == (422, "received")


def test_an_article_that_is_not_there_advises_nobody(client, rita, sent):
    assert desk(client, rita, sent().case, "answer/", text="So.", way="sms", article="nowhere").status_code == 422


def test_the_lists_show_whose_turn_it_is(client, rita, dina, sent, wanted, now):
    triage.forward(appeal=sent(), to=dina, question="", by=rita.user, at=now)
    service = wanted()
    known = sign_in(client, dina)
    asked = known.get("/staff/reception/").content.decode()
    assert "Nobody asks you" not in asked
    for name in ("new", "asked", "forwarded", "drafting", "waiting", "services"):
        assert known.get(f"/staff/reception/?list={name}").status_code == 200
    assert service.case.reference in known.get("/staff/reception/?list=services").content.decode().replace("-", "")


def test_staff_take_down_what_came_by_post_once(client, fang):
    known = sign_in(client, fang)
    letter = {**LETTER, "kind": "appeal", "channel": "letter", "language": "ru", "phone": "", "email": "anna@example.org"}
    for _ in range(2):
        answer = known.post("/staff/reception/new/", letter)
    case = Case.objects.get()
    assert (answer.status_code, case.channel, case.owner, case.first_asked) == (302, "letter", fang, fang)


def test_staff_take_down_a_paper_that_has_only_an_address_and_a_review_that_has_nothing(client, fang, now):
    known = sign_in(client, fang)
    paper = {**LETTER, "kind": "appeal", "channel": "letter", "language": "ru", "phone": "", "name": "Анна", "place": ""}
    assert "of a letter on paper" in known.post("/staff/reception/new/", paper).text
    assert known.post("/staff/reception/new/", {**paper, "place": "ул. Мира, 5"}).status_code == 302
    answer = rows.AnswerFactory(case=Case.objects.get(), complaint=None)
    assert letter_of(answer).address == "ул. Мира, 5"
    assert known.post("/staff/reception/new/", {**paper, "kind": "review", "name": "", "text": "👍", "once": "a2"}).status_code == 302
    assert Appeal.objects.filter(form="review", text="👍").exists()


def test_an_application_goes_its_way_on_its_page(client, roman, dina, wanted, now):
    case = wanted(details={"place": "Wenfeng 12"}).case
    assert desk(type(client)(), roman, case, "route/", to=dina.pk).status_code == 422
    desk(type(client)(), roman, case, "missing/", items=["meter"], note="It stands on its face.")
    assert "Number of the meter" in track(client, case)
    client.post("/track/reception/", {"item_meter": "G4-118", "item_owner": "smuggled"})
    assert ServiceApplication.objects.get().details == {"place": "Wenfeng 12", "meter": "G4-118"}
    desk(type(client)(), roman, case, "route/", to=dina.pk)
    desk(type(client)(), dina, case, "agree/", agreed_for="2026-11-23T16:00", words="After four.")
    desk(type(client)(), dina, case, "finish/", words="A new meter.")
    case.refresh_from_db()
    assert (case.status, case.owner) == ("done", dina)


def test_one_applies_for_a_service_in_public(client, roman):
    assert client.post("/reception/service/", {"service": "meter"}).status_code == 422
    client.post("/reception/service/", {"service": "meter", "item_place": "Wenfeng 12", "phone": "13900139000", "once": "b2"})
    application = ServiceApplication.objects.get()
    assert (application.details, application.case.owner) == ({"place": "Wenfeng 12"}, roman)
    assert Message.objects.count() == 0  # what is owed is owed by the drain


def test_another_household_sees_nothing_of_it(client, olive, account, neighbour, sent):
    case = sent(account=account).case
    user = Binding.objects.create(user=type(olive).objects.create_user(username="n"), account=neighbour, bound_at=case.opened_at).user
    known = sign_in(client, user)
    assert known.post(f"/cabinet/reception/{case.reference}/", {"text": "x"}).status_code == 404


def test_rules_are_kept_on_their_page(client, ada, dina, hall):
    known = sign_in(client, ada)
    assert known.post("/staff/reception/rules/", {"topic": "money", "staff": dina.pk, "role": "engineer"}).status_code == 422
    assert known.post("/staff/reception/rules/", {"topic": "money", "place": "Nowhere", "staff": dina.pk}).status_code == 422
    known.post("/staff/reception/rules/", {"topic": "money", "staff": dina.pk})
    rule = ReceptionRoute.objects.get()
    assert str(dina) in known.get("/staff/reception/rules/").content.decode()
    known.post(f"/staff/reception/rules/{rule.pk}/drop/")
    assert not ReceptionRoute.objects.exists()


def test_the_page_of_the_case_leads_to_the_reception(client, rita, roman, sent, wanted):
    for case in (sent().case, wanted().case):
        assert "/staff/reception/" in sign_in(client, rita).get(f"/staff/cases/{case.reference}/").content.decode()


def test_a_number_of_statements_does_not_grow_with_the_list(client, rita, sent, django_assert_max_num_queries):
    for _ in range(3):
        sent()
    known = sign_in(client, rita)
    known.get("/staff/reception/")
    with django_assert_max_num_queries(24):
        assert known.get("/staff/reception/?list=new").status_code == 200
