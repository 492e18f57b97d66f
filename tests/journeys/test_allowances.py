"""Qiang grants a household of six its allowance, sees what it changes, and ends it; Fang sees it and is told why she cannot."""

import pytest
from playwright.sync_api import expect

from billing.models import Allowance
from tests.browser import SIZES
from tests.factories.billing import AllowanceFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("phone", SIZES)
def test_from_the_account_to_an_allowance_and_its_end(page_in, signed_in, live_server, axe, qiang, account, phone):
    page = signed_in(page_in("en-GB", phone=phone), qiang)
    page.goto(f"{live_server.url}/staff/accounts/{account.number}/")
    page.get_by_role("link", name="Allowances: more persons, free volume").click()
    axe(page)
    page.get_by_label("more persons").check()
    page.get_by_label("Proof seen").fill("户口簿 0815")
    page.get_by_label("Until, this day included").fill("2030-12-31")
    page.get_by_role("button", name="Grant").click()
    expect(page.locator(".error-summary")).to_contain_text("Say how many persons")
    expect(page.get_by_label("Proof seen")).to_have_value("户口簿 0815")
    axe(page)
    page.get_by_label("Persons in the household").fill("6")
    page.get_by_role("button", name="Grant").click()
    expect(page.get_by_text("This household counts with 6 until")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="End now").click()
    expect(page.get_by_text("No allowance is in force")).to_be_visible()
    assert Allowance.objects.get().ended_at


def test_who_may_not_grant_reads_why(page_in, signed_in, live_server, axe, fang, account):
    AllowanceFactory(account=account)
    page = signed_in(page_in("en-GB"), fang)
    page.goto(f"{live_server.url}/staff/accounts/{account.number}/allowances/")
    expect(page.get_by_role("button", name="Grant an allowance")).to_be_disabled()
    expect(page.get_by_text("Your role does not allow this").first).to_be_visible()
    axe(page)
