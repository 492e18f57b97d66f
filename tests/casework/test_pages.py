"""The pages of cases: the desk's, the customer's, and the public one."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

import casework.operations
from accounts.roles import Role
from casework.models import Attachment, Case, Contact, GeneralRequest, Transfer
from casework.operations import NewContact, Target
from casework.references import grouped
from sla.queries import policies
from tests.casework.conftest import PNG
from tests.factories.accounts import StaffFactory
from tests.factories.casework import stored_file
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
INTAKE = {"channel": "phone", "topic": "bill", "text": "Too high", "language": "ru", "urgency": "normal"}


@pytest.fixture
def desk(fang):
    """Fang's browser."""
    return sign_in(Client(), fang)


@pytest.fixture
def cabinet(olive):
    """Olive's browser."""
    return sign_in(Client(), olive)


@pytest.fixture
def request_row(asked, fang, account):
    return asked(by=fang.user, account=account)


@pytest.fixture
def case(request_row):
    return request_row.case


@pytest.fixture
def book(now):
    """All promises, in force."""
    call_command("load_promises", verbosity=0)
    yield
    policies.forget()


def do(client, case, act, follow=True, **form):
    return client.post(reverse(f"casework:case_{act}", args=[case.reference]), form, follow=follow)


class TestIntake:
    def test_a_passer_by_needs_no_account_and_no_name(self, desk, fang):
        page = desk.post(reverse("casework:case_new"), INTAKE, follow=True)
        case = Case.objects.get()
        assert (case.account, case.channel, case.language, case.owner) == (None, "phone", "ru", fang)
        assert grouped(case.reference) in page.text
        assert grouped(case.tracking_code) in page.text

    def test_from_an_account_it_is_tied_to_it(self, desk, account):
        desk.post(reverse("casework:case_new_for", args=[account.number]), INTAKE)
        assert Case.objects.get().account == account

    def test_what_was_typed_stays_when_something_is_wrong(self, desk):
        page = desk.post(reverse("casework:case_new"), {**INTAKE, "contact_phone": "12", "contact_name": "Пётр"})
        assert page.status_code == 422
        assert "Пётр" in page.text
        assert not Case.objects.exists()

    def test_a_phone_is_kept_as_it_is_dialled(self, desk):
        desk.post(reverse("casework:case_new"), {**INTAKE, "contact_phone": "139 1234 5678"})
        assert Case.objects.get().contact_phone == "+8613912345678"


class TestCasePage:
    def test_it_answers(self, desk, case):
        do(desk, case, "answer", text="It is right.", means="call")
        assert GeneralRequest.objects.get().answer == "It is right."

    def test_it_asks_and_waits_no_longer(self, desk, case):
        do(desk, case, "ask", question="Which month?", means="call")
        assert Case.objects.get().status == "waiting"
        do(desk, case, "stop_waiting")
        assert Case.objects.get().status == "open"

    def test_it_closes_and_opens_again(self, desk, case):
        do(desk, case, "answer", text="It is right.", means="call")
        do(desk, case, "close")
        assert Case.objects.get().closed_at
        page = do(desk, case, "reopen", why="It was wrong")
        assert Case.objects.get().status == "open"
        assert "It was wrong" in page.text

    def test_a_note_is_no_contact_whatever_else_is_ticked(self, desk, case):
        do(desk, case, "contact", means="note", direction="out", content="ask Wei", is_reply="on", is_reached="on")
        assert (Contact.objects.get().direction, Contact.objects.get().is_reply) == ("inside", False)

    def test_the_head_is_asked(self, desk, case):
        assert "May I?" in do(desk, case, "ask_leader", question="May I?").text

    def test_a_call_is_kept_with_its_seconds(self, desk, case):
        seconds = {"ring_seconds": "4", "talk_seconds": "95", "hold_seconds": "10"}
        do(desk, case, "contact", means="call", direction="out", content="told", is_reached="on", call_type="repair", **seconds)
        assert Contact.objects.get().talk_seconds == 95

    def test_it_takes_a_file_and_refuses_a_program(self, desk, case):
        do(desk, case, "attach", file=SimpleUploadedFile("a.png", PNG))
        page = do(desk, case, "attach", file=SimpleUploadedFile("b.png", b"MZ\x90\x00"))
        assert page.status_code == 422
        assert "cannot be taken" in page.text
        assert Attachment.objects.count() == 1

    def test_it_names_the_account_later(self, desk, asked, fang, account):
        case = asked(by=fang.user).case
        do(desk, case, "change", urgency="urgent", account=account.number)
        assert (Case.objects.get().account, Case.objects.get().urgency) == (account, "urgent")
        page = do(desk, case, "change", urgency="urgent", account="1")
        assert "There is no account with this number." in page.text

    def test_it_merges_and_splits(self, desk, case, asked):
        other = asked().case
        assert do(desk, case, "merge", into=case.reference).status_code == 422
        assert do(desk, case, "merge", into="G2").status_code == 422
        do(desk, case, "split", topic="supply", text="And the pressure is low")
        do(desk, case, "merge", into=grouped(other.reference))
        assert Case.objects.get(pk=case.pk).merged_into == other
        assert Case.objects.get(split_from=case).subject == "And the pressure is low"

    def test_a_page_that_is_out_of_date_changes_nothing(self, desk, case):
        page = do(desk, case, "cancel", reason="twice", version=case.version + 1)
        assert "Somebody else has just changed this." in page.text
        assert Case.objects.get().status == "open"

    def test_an_act_the_case_is_past_is_refused_in_words(self, desk, case):
        do(desk, case, "cancel", reason="twice")
        page = do(desk, case, "close")
        assert "This cannot be done now" in page.text

    def test_nothing_is_found_under_a_wrong_reference(self, desk, case):
        assert desk.get(reverse("casework:case", args=["G2345678X"])).status_code == 404

    def test_words_are_never_markup(self, desk, asked, fang):
        case = asked(by=fang.user, text="<script>alert(1)</script>").case
        assert "<script>alert" not in desk.get(reverse("casework:case", args=[case.reference])).text

    def test_it_costs_the_same_however_long_its_story(self, desk, case, fang, now, django_assert_max_num_queries):
        said = NewContact(means="call", direction="out", content="told")
        for _ in range(12):
            casework.operations.record_contact(case=case, contact=said, by=fang.user, at=now)
        with django_assert_max_num_queries(30):
            desk.get(reverse("casework:case", args=[case.reference]))


class TestHands:
    @pytest.fixture
    def wei(self):
        return StaffFactory(user__username="wei", name="张伟", number="531", hall=None, roles=[Role.HOTLINE_AGENT])

    def test_a_case_is_offered_and_accepted(self, desk, case, fang, wei):
        page = do(desk, case, "transfer", staff=wei.pk, note="his street")
        assert "Offered, not accepted yet" in page.text
        his = sign_in(Client(), wei)
        assert "his street" in do(his, case, "accept").text or Transfer.objects.get().outcome == "accepted"
        assert Case.objects.get().owner == wei

    def test_whoever_was_not_asked_reads_why_they_cannot(self, desk, case, qiang, wei):
        do(desk, case, "transfer", staff=wei.pk)
        page = sign_in(Client(), qiang).get(reverse("casework:case", args=[case.reference]))
        assert "Somebody else was asked to take this case." in page.text

    def test_it_is_declined_with_a_reason_and_taken_back(self, desk, case, fang, wei):
        do(desk, case, "transfer", staff=wei.pk)
        assert do(sign_in(Client(), wei), case, "decline").status_code == 422
        do(sign_in(Client(), wei), case, "decline", reason="away")
        do(desk, case, "transfer", staff=wei.pk)
        do(desk, case, "take_back")
        assert list(Transfer.objects.order_by("pk").values_list("outcome", flat=True)) == ["declined", "taken_back"]

    def test_a_head_gives_it_to_somebody(self, case, qiang, wei):
        do(sign_in(Client(), qiang), case, "assign", owner=wei.pk)
        assert Case.objects.get().owner == wei

    def test_personal_data_of_an_ended_case_is_erased_by_who_may(self, desk, case):
        do(desk, case, "cancel", reason="twice")
        assert do(desk, case, "erase").status_code == 403
        do(sign_in(Client(), StaffFactory(user__username="lan", number="532", roles=[Role.SUPERVISOR])), case, "erase")
        assert Case.objects.get().subject == ""
        page = desk.get(reverse("casework:case", args=[case.reference]))
        assert "Erased request" in page.text


class TestWorklist:
    def test_it_opens_with_what_i_am_asked_to_take(self, desk, case, qiang, now):
        do(desk, case, "transfer", staff=qiang.pk)
        page = sign_in(Client(), qiang).get(reverse("casework:worklist"))
        assert 'href="?list=offered" aria-current="page"' in page.text
        assert grouped(case.reference) in page.text

    def test_all_cases_are_for_who_assigns_them(self, desk, qiang, case):
        assert 'href="?list=all"' not in desk.get(reverse("casework:worklist"), {"list": "all"}).text
        assert grouped(case.reference) in sign_in(Client(), qiang).get(reverse("casework:worklist"), {"list": "all"}).text

    @pytest.mark.parametrize("chosen", ["offered", "mine", "hall", "unassigned"])
    def test_every_empty_list_says_what_would_be_there(self, desk, chosen):
        assert 'class="empty"' in desk.get(reverse("casework:worklist"), {"list": chosen}).text


class TestSearch:
    def test_a_reference_opens_its_case(self, desk, case):
        answer = desk.post(reverse("desk:search"), {"q": grouped(case.reference).lower()})
        assert answer.url == reverse("casework:case", args=[case.reference])

    def test_a_case_and_an_account_are_listed_beside_each_other(self, desk, account, asked):
        stranger = asked(contact_name="李娜").case
        page = desk.post(reverse("desk:search"), {"q": "李娜"})
        assert grouped(stranger.reference) in page.text
        assert account.number in page.text

    def test_an_account_and_only_its_own_cases_open_the_account(self, desk, case, account):
        assert desk.post(reverse("desk:search"), {"q": account.number}).url == reverse("desk:account", args=[account.number])

    def test_finance_finds_no_cases(self, mei, asked, account):
        asked(contact_name="Петров")
        page = sign_in(Client(), mei).post(reverse("desk:search"), {"q": "Петров"})
        assert "Nothing fits" in page.text


class TestCabinet:
    def test_a_question_with_a_file_arrives_at_the_hall(self, cabinet, olive, account):
        file = SimpleUploadedFile("a.png", PNG)
        form = {"topic": "bill", "text": "Too high", "account": account.pk, "file": file}
        page = cabinet.post(reverse("casework:request_new"), form, follow=True)
        case = Case.objects.get()
        assert (case.account, case.asker, case.channel, case.owner) == (account, olive, "cabinet", None)
        assert case.contact_phone == "+8613800138000"
        assert "a.png" in page.text

    def test_a_wrong_file_leaves_no_half_request(self, cabinet):
        form = {"topic": "bill", "text": "Too high", "file": SimpleUploadedFile("a.exe", b"MZ")}
        page = cabinet.post(reverse("casework:request_new"), form)
        assert (page.status_code, Case.objects.count()) == (422, 0)
        assert "Too high" in page.text

    def test_nobody_asks_about_an_account_that_is_not_theirs(self, cabinet, neighbour):
        form = {"topic": "bill", "text": "Too high", "account": neighbour.pk}
        assert cabinet.post(reverse("casework:request_new"), form).status_code == 422

    def test_a_message_goes_with_the_request(self, cabinet, case):
        page = cabinet.post(reverse("casework:request_say", args=[case.reference]), {"text": "And in May?"}, follow=True)
        assert "And in May?" in page.text
        assert cabinet.post(reverse("casework:request_say", args=[case.reference]), {"text": ""}).status_code == 422

    def test_an_answer_that_did_not_help_opens_it_again(self, cabinet, desk, case):
        do(desk, case, "answer", text="It is right.", means="cabinet")
        page = cabinet.get(reverse("casework:request", args=[case.reference]))
        assert "It is right." in page.text
        cabinet.post(reverse("casework:request_reopen", args=[case.reference]), {"why": "No"})
        assert Case.objects.get().status == "open"

    def test_a_request_is_withdrawn_with_a_word(self, cabinet, case):
        cabinet.post(reverse("casework:request_cancel", args=[case.reference]), {"reason": ""})
        assert Case.objects.get().status == "open"
        cabinet.post(reverse("casework:request_cancel", args=[case.reference]), {"reason": "found it"})
        assert Case.objects.get().end_reason == "found it"

    def test_listing_and_detail_agree(self, cabinet, case, asked, neighbour):
        theirs = asked(account=neighbour, text="Their matter").case
        listed = cabinet.get(reverse("casework:request_list")).text
        for one, is_mine in ((case, True), (theirs, False)):
            assert (grouped(one.reference) in listed) == is_mine
            assert (cabinet.get(reverse("casework:request", args=[one.reference])).status_code == 200) == is_mine

    def test_who_works_on_it_is_our_own_business(self, cabinet, desk, case, fang, qiang):
        do(desk, case, "transfer", staff=qiang.pk, note="difficult person")
        page = cabinet.get(reverse("casework:request", args=[case.reference])).text
        assert fang.name not in page
        assert "difficult person" not in page


class TestFiles:
    def test_a_file_is_handed_out_to_be_saved_and_runs_nowhere(self, cabinet, case):
        answer = cabinet.get(reverse("casework:attachment", args=[stored_file(case, PNG).token]))
        assert b"".join(answer) == PNG
        assert answer["Content-Disposition"] == 'attachment; filename="meter.png"'
        assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == ("nosniff", "sandbox; default-src 'none'")
        assert "no-store" in answer["Cache-Control"]

    def test_the_right_to_see_it_ends_with_the_binding(self, cabinet, olive, case, now):
        token = stored_file(case).token
        olive.bindings.update(unbound_at=now)
        assert cabinet.get(reverse("casework:attachment", args=[token])).status_code == 404


class TestTracking:
    @pytest.fixture(autouse=True)
    def forget_tries(self):
        cache.clear()

    @pytest.fixture
    def look(self, client):
        def make(reference, code):
            return client.post(reverse("casework:track"), {"reference": reference, "code": code}, follow=True)

        return make

    def test_reference_and_code_show_how_it_stands(self, look, case):
        page = look(grouped(case.reference).lower(), f" {grouped(case.tracking_code)} ")
        assert page.redirect_chain == [(reverse("casework:tracked"), 302)]
        assert "We have your request" in page.text

    def test_nobodys_name_words_or_place_is_shown(self, look, desk, case, account, asked, fang):
        do(desk, case, "contact", means="email", direction="out", content="Dear Olive", is_reached="on")
        do(desk, case, "answer", text="Top secret", means="cabinet")
        page = look(case.reference, case.tracking_code).text
        for word in (case.subject, "Dear Olive", "Top secret", account.customer.name, account.number, account.premises.address, fang.name):
            assert word not in page

    def test_whatever_is_wrong_the_answer_is_the_same(self, look, case, asked):
        other = asked().case
        wrong = [(case.reference, other.tracking_code), ("G2345678X", case.tracking_code), ("?", "?"), (case.reference, "x")]
        pages = [look(*pair) for pair in wrong]
        assert {page.status_code for page in pages} == {422}
        assert all("We find no request with this reference and this code." in page.text for page in pages)

    def test_an_erased_request_is_nobodys(self, look, case, desk, now):
        Case.objects.update(closed_at=now, erased_at=now)
        assert look(case.reference, case.tracking_code).status_code == 422

    def test_without_a_look_up_there_is_nothing_to_see(self, client, case):
        assert client.get(reverse("casework:tracked")).url == reverse("casework:track")

    def test_a_look_lasts_a_quarter_of_an_hour(self, client, look, case, time_machine):
        look(case.reference, case.tracking_code)
        assert client.get(reverse("casework:tracked")).status_code == 200
        from datetime import UTC, datetime

        time_machine.move_to(datetime.now(UTC) + timedelta(minutes=16))
        assert client.get(reverse("casework:tracked")).status_code == 302

    def test_a_look_ends_when_the_data_is_erased(self, client, look, case, now):
        look(case.reference, case.tracking_code)
        type(case).objects.filter(pk=case.pk).update(closed_at=now, erased_at=now)
        assert client.get(reverse("casework:tracked")).status_code == 302

    def test_trying_on_and_on_is_stopped(self, look, case):
        answers = [look("G2345678X", "no").status_code for _ in range(16)]
        assert answers == [422] * 15 + [429]
        assert look(case.reference, case.tracking_code).status_code == 429


class TestPromises:
    def test_staff_see_every_promise_and_the_customer_the_public_ones(self, book, desk, cabinet, asked, fang, account):
        case = asked(by=fang.user, account=account).case
        assert case.timeline.clocks.count() >= 2
        page = desk.get(reverse("casework:case", args=[case.reference])).text
        assert page.count("<time datetime") > len(case.timeline.events.all())
        assert "What we promised you" in cabinet.get(reverse("casework:request", args=[case.reference])).text

    def test_a_promise_that_was_kept_says_so(self, book, asked, fang, account, client, now):
        row = asked(by=fang.user, account=account)
        casework.operations.answer_request(request=row, text="Yes.", means="counter", by=fang.user, at=now + timedelta(minutes=5))
        cache.clear()
        form = {"reference": row.case.reference, "code": row.case.tracking_code}
        assert "kept" in client.post(reverse("casework:track"), form, follow=True).text

    def test_our_own_clocks_are_not_the_customer_s(self, book, cabinet, asked, fang, qiang, account, now):
        case = asked(by=fang.user, account=account).case
        casework.operations.answer_request(request=case.general_request, text="Yes.", means="counter", by=fang.user, at=now)
        casework.operations.transfer(case=case, to=Target(staff=qiang), by=fang.user, at=now)
        case.timeline.refresh_from_db()
        assert case.timeline.next_due_at is not None
        assert "Our next promise" not in cabinet.get(reverse("casework:request_list")).text

    def test_what_the_customer_was_promised_stands_in_their_list(self, book, cabinet, asked, fang, account):
        asked(by=fang.user, account=account)
        assert "Our next promise" in cabinet.get(reverse("casework:request_list")).text

    def test_what_was_answered_owes_nothing_any_more(self, desk, asked, fang, now):
        request = asked(by=fang.user)
        casework.operations.answer_request(request=request, text="Done.", means="counter", by=fang.user, at=now)
        assert "Nothing is due here at a fixed hour." in desk.get(reverse("casework:case", args=[request.case.reference])).text

    def test_the_worklist_shows_what_is_due_first(self, book, desk, asked, fang, account):
        case = asked(by=fang.user, account=account).case
        case.timeline.refresh_from_db()
        assert case.timeline.next_due_at is not None
        assert "nothing due" not in desk.get(reverse("casework:worklist")).text
