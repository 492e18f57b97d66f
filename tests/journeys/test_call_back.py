"""The hotline rings in vain, the customer gets a link, answers on the phone alone, and stops such messages by the link beside it."""

import re

from playwright.sync_api import expect

from accounts.roles import Role
from callbacks.models import FollowUp
from notices.models import Message, Refusal
from tests.factories.accounts import StaffFactory
from tests.factories.callbacks import FollowUpFactory
from tests.journeys.test_cases import fits


def test_a_customer_who_was_not_reached_answers_by_the_link(live_server, page_in, signed_in, account, axe, settings):
    settings.SITE_URL = live_server.url
    asked = FollowUpFactory(case__account=account, case__contact_phone="+8613800138000", case__language="en")
    xia = StaffFactory(user__username="xia", name="宋霞", number="040", hall=None, roles=[Role.HOTLINE_AGENT])
    desk = signed_in(page_in("en-GB"), xia)
    desk.goto(f"{live_server.url}/staff/call-backs/{asked.pk}/")
    axe(desk)
    desk.get_by_role("button", name="Write the attempt down").click()
    expect(desk.get_by_text("a link was sent")).to_be_visible()

    words = Message.objects.get(kind="callback_link").text
    answer, stop = re.findall(r"http\S+", words)
    phone = page_in("en-GB", phone=True)
    answer_alone(phone, answer, axe)
    assert FollowUp.objects.get().score == 5

    phone.goto(stop)
    phone.get_by_role("button", name="Stop these messages").click()
    expect(phone.get_by_text("You get no more of these messages")).to_be_visible()
    axe(phone)
    fits(phone)
    assert list(Refusal.objects.values_list("topic", "channel")) == [("surveys", "sms")]


def answer_alone(phone, answer, axe):
    """What the customer does with the first link."""
    phone.goto(answer)
    phone.get_by_role("group", name="Does everything work again?").get_by_label("yes").check()
    phone.get_by_role("group", name="How satisfied are you with us, all in all?").get_by_label("5, very satisfied").check()
    axe(phone)
    fits(phone)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", name=re.compile("Thank"))).to_be_visible()
