"""The page behind the link of a message, the button of mail programs, and what colleagues see of it."""

import pytest
from django.test import Client

from notices.models import Refusal
from notices.way_out import Reader, WayOut, digest_of
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def address(account):
    return f"/u/{WayOut(Reader(account.customer_id), 'news', 'email').token}/"


def stopped():
    return sorted(Refusal.objects.filter(ended_at=None).values_list("topic", "channel", "means"))


def test_opening_it_changes_nothing_and_names_nobody(client, address, account):
    answer = client.get(address)
    text = answer.content.decode()
    assert (answer.status_code, "Stop these messages" in text, stopped()) == (200, True, [])
    assert [one for one in (account.customer.name, account.number, "News of danger") if one in text] == ["News of danger"]
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"], "no-store" in answer["Cache-Control"]) == ("noindex", "same-origin", True)


def test_it_stops_says_since_when_and_asks_again(client, address):
    assert "You get no more of these messages since" in client.post(address, {"stop": "1"}).content.decode()
    assert len(stopped()) == 4
    assert "You get no more of these messages since" in client.get(address).content.decode()
    client.post(address, {"again": "1"})
    assert stopped() == []


def test_the_button_of_a_mail_program_needs_no_cookie_and_may_be_pressed_twice(address):
    program = Client(enforce_csrf_checks=True)
    answers = [program.post(address, {"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]
    assert (answers, {means for _topic, _channel, means in stopped()}) == ([200, 200], {"one_click"})


def test_ticks_are_kept_and_a_way_we_do_not_know_is_refused(client, address):
    ways = ["sms", "voice", "email", "cabinet"]
    assert client.post(address, {"keep": "1", "news": ways, "surveys": ["email"], "places": ways}).status_code == 200
    assert [channel for _topic, channel, _means in stopped()] == ["cabinet", "sms", "voice"]
    assert client.post(address, {"keep": "1", "news": ["pigeon"]}).status_code == 422


def test_an_address_without_a_customer_stops_its_own_way_alone(client):
    link = WayOut(Reader(digest=digest_of("+8613800138000")), "surveys", "sms")
    assert "voice" not in client.get(f"/u/{link.token}/").content.decode()
    client.post(f"/u/{link.token}/", {"stop": "1"})
    assert stopped() == [("surveys", "sms", "link")]


def test_a_link_that_is_not_ours_does_nothing(client, address):
    assert [client.post(one, {"stop": "1"}).status_code for one in (address.replace("-", "-A"), "/u/x/")] == [404, 404]


def test_a_colleague_sees_what_was_said_and_changes_it_on_the_customers_word(client, signed_in, address, account, fang):
    client.post(address, {"List-Unsubscribe": "One-Click"})
    page = f"/staff/accounts/{account.number}/wanted/"
    staff = signed_in(client, fang)
    assert "by the button of their mail program" in staff.get(page).content.decode()
    staff.post(page, {"news": ["sms", "voice", "email", "cabinet"], "surveys": ["sms"], "places": ["sms", "voice", "email", "cabinet"]})
    assert stopped() == [("surveys", "cabinet", "staff"), ("surveys", "email", "staff"), ("surveys", "voice", "staff")]
