"""The tools of the journeys themselves."""

import pytest

BROKEN = '<!doctype html><html lang="en"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>'


def test_a_page_is_served_without_complaints(live_server, page):
    page.goto(f"{live_server.url}/auth/login/")
    assert page.title()


def test_a_broken_page_does_not_pass_axe(page, axe):
    page.set_content(BROKEN)
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_chinese_is_not_shown_as_boxes(page_in):
    page = page_in("zh-CN")
    page.set_content('<span id="a" style="font-size: 64px">燃气</span><span id="b" style="font-size: 64px">卡费</span>')
    assert page.locator("#a").screenshot() != page.locator("#b").screenshot()


def test_an_error_on_the_console_is_a_complaint(page, complaints):
    page.evaluate("console.error('broken')")
    page.wait_for_timeout(100)
    assert "broken" in complaints.pop()


def test_staff_are_signed_in_with_their_second_factor(live_server, page, fang, signed_in):
    answer = signed_in(page, fang).goto(f"{live_server.url}/auth/2fa/")
    assert answer.status == 200
    assert "/auth/2fa/" in page.url
