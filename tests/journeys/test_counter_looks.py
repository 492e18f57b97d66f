"""Every page of the desk in three languages, on a phone, a small desk and a large one: accessible, quiet console, nothing cut off."""

import pytest

from tests.browser import LOCALES
from tests.factories.billing import chip_of

PAGES = (
    "/counter/",
    "/counter/?account={account}&volume=460",
    "/counter/accounts/{account}/change-meter/",
    "/counter/drawer/",
    "/staff/",
    "/staff/components/",
)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_staff_pages_are_accessible_and_fit(live_server, page_in, signed_in, fang, shift, account, axe, locale, width):
    chip_of(account.cards.get(), shift.counter)
    page = signed_in(page_in(locale, viewport={"width": width, "height": 900}), fang)
    for path in PAGES:
        page.goto(live_server.url + path.format(account=account.number))
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gallery_is_accessible_in_light_and_dark(live_server, page_in, signed_in, fang, axe, scheme):
    page = signed_in(page_in("en-GB", color_scheme=scheme), fang)
    page.goto(f"{live_server.url}/staff/components/")
    axe(page)


def test_nothing_scrolls_at_the_counter(live_server, page_in, signed_in, fang, shift, account):
    page = signed_in(page_in("zh-CN", viewport={"width": 1440, "height": 900}), fang)
    page.goto(f"{live_server.url}/counter/?account={account.number}&volume=1200")
    assert page.evaluate("document.documentElement.scrollHeight") <= 900


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_front_page_welcomes_the_public(live_server, page_in, tariff, hall, axe, scheme):
    page = page_in("zh-CN", phone=True, color_scheme=scheme)
    page.goto(live_server.url)
    axe(page)
    assert page.evaluate("document.links[1].href").startswith("tel:")
