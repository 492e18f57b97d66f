"""Somebody writes to the virtual reception on a phone, sees at once whether it was asked already, and follows the letter to its answer."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from accounts.roles import Role
from complaints.models import Appeal
from complaints.operations.appeal_answers import Words, answer_appeal
from sla.queries import policies
from tests.factories import accounts as people


@pytest.fixture
def book(transactional_db):
    call_command("load_promises", verbosity=0)
    yield
    policies.forget()


@pytest.fixture
def rita(transactional_db):
    return people.StaffFactory(number="401", hall=None, roles=[Role.RECEPTION_SPECIALIST])


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.usefixtures("book")
def test_a_question_is_written_on_a_phone_and_followed_to_its_answer(live_server, page_in, axe, rita):
    page = page_in("en", phone=True)
    page.goto(f"{live_server.url}/reception/")
    axe(page)
    page.get_by_role("link", name="Ask a question").click()
    page.get_by_label("What is it about?").select_option("money")
    page.get_by_label("Your letter").press_sequentially("Why?")
    expect(page.get_by_text("We found nothing like it yet")).to_be_visible()
    page.get_by_label("Your phone").fill("139 0013 9000")
    axe(page)
    fits(page)
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_url(re.compile("/reception/sent/$"))
    axe(page)
    appeal = Appeal.objects.select_related("case").get()
    answer_appeal(appeal=appeal, words=Words(text="The second tier began.", way="sms"), by=rita.user, at=appeal.case.opened_at)
    page.get_by_role("button", name="See how it goes").click()
    expect(page.get_by_text("The second tier began.")).to_be_visible()
    axe(page)
    fits(page)
