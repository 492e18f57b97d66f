"""People come in: a clerk sets up and uses her second step; a customer signs up with nothing but a phone."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from notices.models import Message
from tests.signing_in import app_code


def code():
    return re.search(r"\d{6}", Message.objects.latest("pk").text)[0]


@pytest.fixture
def base(live_server):
    return live_server.url


def test_a_clerk_sets_up_her_second_step_and_signs_in_with_it(base, page, fang, axe):
    """
    Fang signs in for the first time with the password she was given. Whatever she opens, she is asked to set up the
    second step. She types the key into her app, enters the code, and is at her desk. Next time the app is asked for.
    """
    page.goto(f"{base}/auth/login/")
    axe(page)
    page.get_by_label("Phone or user name").fill("fang")
    page.get_by_role("textbox", name="Password").fill("a-long-password-1")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Set up the second step")).to_be_visible()
    axe(page)
    secret = page.locator("main code").inner_text()
    page.locator("main input[name=code]").fill(app_code(secret))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    axe(page)
    page.goto(f"{base}/staff/accounts/")
    expect(page.get_by_role("heading", name="Accounts")).to_be_visible()

    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    page.goto(f"{base}/auth/login/")
    page.get_by_label("Phone or user name").fill("fang")
    page.get_by_role("textbox", name="Password").fill("a-long-password-1")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    axe(page)


def test_a_customer_signs_up_with_a_phone_alone(base, page_in, db, axe, tmp_path):
    """Olive's neighbour has a phone and no password. He signs up on it, enters the code and is asked for his account."""
    page = page_in("en-GB", phone=True)
    page.goto(f"{base}/auth/signup/")
    axe(page)
    page.get_by_label("Phone").fill("137 0013 7000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Confirm your phone")).to_be_visible()
    axe(page)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Add my gas account")).to_be_visible()
    axe(page)
    assert User.objects.get(phone="+8613700137000").is_phone_verified


def test_a_customer_signs_in_by_code_without_script(base, page_in, olive):
    """Olive's phone runs no script. She asks for a code, enters it, and sees her gas."""
    page = page_in("en-GB", phone=True, java_script_enabled=False)
    page.goto(f"{base}/auth/login/")
    page.get_by_label("Phone", exact=True).fill("13800138000")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("Code")).to_be_visible()
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Good day, 李娜")).to_be_visible()
