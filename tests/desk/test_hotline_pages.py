"""The hotline's pages, as an agent and a supervisor use them."""

import pytest
from django.urls import reverse

from accounts.actors import System
from accounts.clock import business_now
from accounts.models import Customer
from callbacks.operations.care import name_manager
from desk.models import Call
from desk.operations import calls
from tests.factories.calls import rings, told

PBX = System("exchange")


@pytest.fixture
def agent(client, signed_in, xia):
    return signed_in(client, xia)


@pytest.fixture
def call(xia, now):
    return calls.take_by_hand(agent=xia, caller="+8613800138000", by=xia.user, at=now)


def url(call, name="call"):
    return reverse(f"desk:{name}", args=[call.reference])


class TestTheDesk:
    def test_shows_who_rings_and_opens_the_call_that_was_answered(self, agent, xia, now):
        rings(PBX, at=now)
        assert "138 0013 8000" in agent.get(reverse("desk:hotline_live")).content.decode()
        taken = told(PBX, "answered", agent="040", at=now)
        assert agent.get(reverse("desk:hotline_live"))["HX-Redirect"] == url(taken)

    def test_keeps_what_was_typed_about_a_place_that_is_not_in_order(self, agent):
        wrong = agent.post(reverse("desk:check_workplace"), {"in_order": ["pen"]})
        assert (wrong.status_code, "Say what is wrong with it." in wrong.content.decode()) == (422, True)
        said = agent.post(reverse("desk:check_workplace"), {"in_order": ["pen"], "remark": "No headset"}, follow=True)
        assert "No headset" in said.content.decode()

    def test_a_second_call_by_hand_leads_to_the_first(self, agent, call):
        answer = agent.post(reverse("desk:take_by_hand"), {"caller": ""}, follow=True)
        assert answer.redirect_chain[-1][0] == url(call)
        assert "You have a call already" in answer.content.decode()


class TestTheCall:
    def test_one_box_finds_the_caller_and_one_press_says_who_it_is(self, agent, call, account):
        found = agent.post(url(call), {"q": account.number}).content.decode()
        assert f'value="{account.number}"' in found
        page = agent.post(url(call, "call_identify"), {"account": account.number}, follow=True).content.decode()
        assert "李娜" in page
        call.refresh_from_db()
        assert call.account == account

    def test_the_matter_of_a_vip_is_handed_to_the_person_who_looks_after_them(self, agent, call, account, qiang, fang, now):
        Customer.objects.filter(pk=account.customer_id).update(segment="vip")
        account.customer.refresh_from_db()
        assert "Nobody is named" in agent.post(url(call, "call_identify"), {"account": account.number}, follow=True).content.decode()
        name_manager(customer=account.customer, staff=fang, by=qiang.user, at=now)
        page = agent.get(url(call)).content.decode()
        assert ("comes first" in page, f"Hand the matter to {fang}." in page) == (True, True)

    def test_a_hold_needs_the_callers_word(self, agent, call):
        refused = agent.post(url(call, "call_hold"), follow=True).content.decode()
        assert "Ask first whether the caller agrees to wait." in refused
        agent.post(url(call, "call_hold"), {"is_agreed": "on"})
        call.refresh_from_db()
        assert call.status == "held"

    def test_what_is_typed_meanwhile_is_kept(self, agent, call):
        assert agent.post(url(call, "call_jot"), {"content": "Meter beeps"}).status_code == 204
        assert "Meter beeps" in agent.get(url(call)).content.decode()

    def test_written_down_already_gives_later_words_back_and_says_why(self, agent, call):
        for words in ("Meter is dark", "Meter is dark, door code asked"):
            answer = agent.post(url(call, "call_save"), {"call_type": "repair", "content": words, "is_solved": "yes"})
        assert (answer.status_code, Call.objects.get().content) == (422, "Meter is dark")
        assert "door code asked" in answer.text
        assert "This cannot be done now" in answer.text

    def test_is_saved_with_its_type_or_not_at_all(self, agent, call):
        wrong = agent.post(url(call, "call_save"), {"content": "Meter beeps"})
        assert (wrong.status_code, "Meter beeps" in wrong.content.decode()) == (422, True)
        agent.post(url(call, "call_save"), {"call_type": "consultation", "content": "Meter beeps", "is_solved": "yes"})
        call.refresh_from_db()
        assert (call.status, call.is_solved) == ("saved", True)

    def test_the_order_is_made_now_or_waits_in_the_list(self, agent, call, account):
        agent.post(url(call, "call_identify"), {"account": account.number})
        wanted = {"call_type": "repair", "content": "No gas", "is_order_wanted": "on"}
        now = agent.post(url(call, "call_save"), {**wanted, "make_now": "1"})
        assert now["Location"] == reverse("repairs:repair_new_for", args=[account.number])
        assert url(call, "call_order") in agent.get(reverse("desk:hotline")).content.decode()
        agent.post(url(call, "call_no_order"))
        assert not Call.objects.get().is_order_wanted

    def test_a_complaint_is_taken_down_where_complaints_are(self, agent, call):
        wanted = {"call_type": "complaint", "content": "Rude", "is_order_wanted": "on", "make_now": "1"}
        assert agent.post(url(call, "call_save"), wanted)["Location"] == reverse("complaints:complaint_new")

    def test_colleagues_do_not_read_it_and_supervisors_do(self, client, signed_in, call, sun, fang):
        assert signed_in(client, fang).get(url(call)).status_code == 403
        assert signed_in(client, sun).get(url(call)).status_code == 200


def test_figures_say_how_many_were_answered_in_time(client, signed_in, sun, xia):
    rings(PBX, at=business_now())
    told(PBX, "answered", agent="040", at=business_now())
    page = signed_in(client, sun).get(reverse("desk:hotline_figures") + "?days=7").content.decode()
    assert "100 %" in page
    assert "宋霞 (040)" in page
