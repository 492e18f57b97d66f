"""Fang reads what she was told without a mouse; Ada enters a webhook; Olive looks what we wrote to her."""

import pytest
from playwright.sync_api import expect

from notices.models import Message, Subscription
from tests.factories.notices import DeadMessageFactory, InboxMessageFactory, SubscriptionFactory

INBOX = "staff/notifications/"


@pytest.fixture(params=[False, True], ids=["desk", "phone"])
def page(page_in, request):
    return page_in("en-GB", phone=request.param)


@pytest.fixture
def told(fang, now):
    lines = {"staff": fang, "about": "T05", "is_safety": True, "link": "/staff/accounts/"}
    return [InboxMessageFactory(subject=f"Crew not there yet {n}", created_at=now, **lines) for n in range(4)]


def fits(page):
    """Nothing makes the page scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("address", [INBOX, f"{INBOX}preferences/"])
def test_staff_pages_can_be_read_by_everybody(page, live_server, told, fang, signed_in, axe, address):
    signed_in(page, fang).goto(f"{live_server.url}/{address}")
    fits(page)
    axe(page)


def test_the_inbox_is_read_without_a_mouse(page_in, live_server, told, fang, signed_in):
    page = signed_in(page_in("en-GB"), fang)
    page.goto(f"{live_server.url}/staff/")
    bell = page.get_by_role("link", name="Notifications")
    expect(bell).to_contain_text("4")
    bell.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Open: Crew not there yet 3").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/accounts/")
    assert Message.objects.filter(read_at=None).count() == 3
    expect(page.get_by_role("link", name="Notifications")).to_contain_text("3")


def test_the_bell_counts_again_by_itself(page_in, live_server, told, fang, signed_in, now):
    page = signed_in(page_in("en-GB"), fang)
    page.goto(f"{live_server.url}/staff/")
    Message.objects.update(read_at=now)
    page.evaluate("htmx.ajax('GET', document.querySelector('.bell').getAttribute('hx-get'), {target: '.bell', swap: 'outerHTML'})")
    expect(page.locator(".bell-count")).to_have_count(0)
    expect(page.get_by_role("link", name="Notifications")).to_be_visible()


def test_a_webhook_is_entered_and_its_secret_kept(page, live_server, ada, signed_in, axe, complaints):
    signed_in(page, ada).goto(f"{live_server.url}/staff/webhooks/")
    axe(page)
    page.get_by_label("Name").fill("outage map")
    page.get_by_label("Address").fill("https://192.168.0.9/")
    page.get_by_label("Events").fill("case.*")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".error-summary")).to_contain_text("private network")
    assert "422" in complaints.pop()
    page.get_by_label("Address").fill("https://hooks.example.com/pilotlight")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("code")).to_contain_text("whsec_")
    fits(page)
    with page.expect_navigation():
        page.get_by_role("link", name="I have kept it").click()
    assert Subscription.objects.get().verbs == ["case.*"]
    fits(page)
    axe(page)


def test_given_up_messages_are_sent_again_together(page, live_server, ada, signed_in, axe):
    DeadMessageFactory.create_batch(3, kind="receipt")
    DeadMessageFactory(channel="webhook", kind="webhook", about="case.opened", subscription=SubscriptionFactory())
    signed_in(page, ada).goto(f"{live_server.url}/staff/messages/?status=dead&channel=sms")
    axe(page)
    page.get_by_role("button", name="Send all of these again").click()
    expect(page.get_by_text("3 messages are on their way again.")).to_be_visible()
    assert Message.objects.given_up().count() == 1


@pytest.mark.parametrize("address", ["cabinet/messages/", "cabinet/messages/quiet/"])
def test_a_customer_reads_what_we_wrote(page, live_server, olive, account, signed_in, axe, now, address):
    InboxMessageFactory(staff=None, channel="cabinet", customer=account.customer, kind="receipt", subject="Receipt 17", created_at=now)
    signed_in(page, olive).goto(f"{live_server.url}/{address}")
    fits(page)
    axe(page)
