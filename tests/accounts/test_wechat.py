"""Signing in from WeChat, with a stand-in that speaks its protocol over HTTP; nothing of a person is kept in the open."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import wechat
from accounts.models import Binding, Phone, User, WeChatLink
from accounts.operations import wechat_links as operations
from accounts.permissions import Forbidden
from accounts.queries import wechat_links
from accounts.wechat import Identity
from billing.stand_in.account import openid_of
from notices.models import Message
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.pay_stand_in import come_back, pay_there, serving
from tests.signing_in import SECRET

START, BACK, FIRST, LINK, UNLINK = (reverse(f"accounts:wechat_{name}") for name in ("start", "back", "first", "link", "unlink"))


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def account_at_wechat(server, settings, db):
    cache.clear()
    server.desk.orders.is_down = False
    pay_there(settings, server)


def browser():
    """By a name that the stand-in knows to be ours."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def client():
    return browser()


def identity(person):
    return Identity(wechat_appid(), openid_of(person))


def wechat_appid():
    return "wx0000000000000001"


def linked(user, person=1):
    return operations.link(user=user, identity=identity(person), by=user, at=NOW)


def tap(client, person=2, wanted="/cabinet/"):
    """An entry of the menu: there and back; the answer to coming back."""
    return client.get(come_back(client.get(START, {"next": wanted}).url, person))


def who(client):
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None


class TestThere:
    def test_wechat_is_asked_for_no_more_than_a_number_and_with_a_word_of_our_own(self, client, server):
        there = urlsplit(client.get(START).url)
        asked = {name: values[0] for name, values in parse_qs(there.query).items()}
        assert f"{there.scheme}://{there.netloc}/" == server.url
        assert (asked["appid"], asked["scope"], there.fragment) == (wechat_appid(), "snsapi_base", "wechat_redirect")
        assert asked["redirect_uri"] == f"http://localhost{BACK}"
        assert re.fullmatch(r"[0-9a-f]{32}", asked["state"])

    def test_without_an_account_there_is_no_such_door(self, client, settings):
        settings.WECHAT_APPID = ""
        assert client.get(START).status_code == 404
        assert "WeChat" not in client.get(reverse("account_login")).text

    @pytest.mark.parametrize(("agent", "is_offered"), [("Mozilla/5.0 MicroMessenger/8.0.50", True), ("Mozilla/5.0 Firefox/140", False)])
    def test_the_button_is_shown_where_it_can_work(self, client, settings, agent, is_offered):
        settings.WECHAT_REHEARSAL = False
        page = client.get(reverse("account_login"), {"next": "/cabinet/buy/"}, headers={"User-Agent": agent}).text
        assert (f'href="{START}?next=/cabinet/buy/"' in page) is is_offered

    def test_many_tries_from_one_address_are_stopped_in_words(self, client):
        answers = [client.get(START) for _ in range(61)]
        assert answers[59].status_code == 302
        assert (answers[60].status_code, "Wait a minute" in answers[60].text) == (429, True)


class TestTheFirstTime:
    @pytest.fixture
    def phone_on_file(self, account):
        return Phone.objects.filter(customer=account.customer).first() or people.PhoneFactory(customer=account.customer)

    def test_nothing_is_made_before_somebody_says_who_they_are(self, client):
        assert tap(client).url == FIRST
        assert "Add my gas account" in client.get(FIRST).text
        assert (User.objects.count(), WeChatLink.objects.count(), who(client)) == (0, 0, None)

    def test_a_newcomer_binds_an_account_by_the_rules_of_binding(self, client, account, phone_on_file):
        tap(client)
        assert client.post(FIRST).url == reverse("desk:cabinet_bind")
        client.post(reverse("desk:cabinet_bind"), {"number": account.number, "proof": "李娜", "role": "holder"})
        code = re.search(r"\d{6}", Message.objects.get(kind="binding_code").text)[0]
        client.post(reverse("desk:cabinet_bind_code"), {"code": code})
        assert Binding.objects.get(account=account).user == who(client)

    def test_five_tries_an_hour_are_all_a_newcomer_has(self, client):
        tap(client)
        client.post(FIRST)
        wrong = {"number": "0000000000", "proof": "x", "role": "holder"}
        assert "Too many tries" in [client.post(reverse("desk:cabinet_bind"), wrong) for _ in range(6)][-1].text

    def test_the_next_time_the_same_cabinet_opens_at_once_at_the_page_that_was_wanted(self, client):
        tap(client)
        client.post(FIRST)
        other = browser()
        assert tap(other, wanted="/cabinet/buy/").url == "/cabinet/buy/"
        assert who(other) == who(client)

    def test_two_taps_at_once_get_one_cabinet(self):
        first, second = browser(), browser()
        tap(first)
        tap(second)
        first.post(FIRST)
        second.post(FIRST)
        assert (who(first), WeChatLink.objects.count(), User.objects.count()) == (who(second), 1, 1)

    def test_who_has_a_cabinet_signs_in_as_always_and_links_it(self, client, signed_in, olive):
        tap(client)
        assert f"?next={LINK}" in client.get(FIRST).text
        client.post(reverse("account_login"), {"login": "13800138000", "password": "a-long-password-1", "next": LINK})
        assert "138" in client.get(LINK).text
        assert client.post(LINK).url == reverse("desk:cabinet_details")
        assert wechat_links.user_of(identity(2)) == olive

    def test_a_newcomer_adds_a_phone_and_can_then_sign_in_with_it(self, client):
        tap(client)
        client.post(FIRST)
        client.post(reverse("account_change_phone"), {"phone": "13900139000"})
        code = re.search(r"\d{6}", Message.objects.get(kind="sign_in_code").text)[0]
        client.post(reverse("account_verify_phone"), {"code": code})
        assert (str(who(client).phone), who(client).is_phone_verified) == ("+8613900139000", True)


class TestAKnownFace:
    def test_a_second_step_is_asked_of_whoever_has_one(self, client, olive):
        linked(olive, 2)
        Authenticator.objects.create(user=olive, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(SECRET)})
        assert tap(client).url.startswith("/auth/2fa/")
        assert who(client) is None

    def test_a_closed_user_does_not_come_in(self, client, olive):
        linked(olive, 2)
        User.objects.update(is_active=False)
        tap(client)
        assert who(client) is None

    def test_staff_do_not_come_in_by_wechat(self, client, fang):
        linked(fang.user, 2)
        assert tap(client).url == FIRST
        assert client.post(FIRST).status_code == 403
        assert who(client) is None

    def test_whoever_is_in_already_goes_straight_to_the_page(self, client, signed_in, olive):
        assert signed_in(client, olive).get(START, {"next": "/cabinet/buy/"}).url == "/cabinet/buy/"

    @pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
    def test_nobody_is_led_to_another_site(self, client, olive, wanted):
        linked(olive, 2)
        assert tap(client, wanted=wanted).url == "/"


class TestNotBelieved:
    def test_a_way_back_that_this_browser_did_not_ask_for_signs_nobody_in(self, client, olive):
        linked(olive, 2)
        sent_by_a_stranger = come_back(browser().get(START).url)
        answer = client.get(sent_by_a_stranger)
        assert (answer.status_code, who(client)) == (422, None)
        assert "Begin again" in answer.text

    def test_each_word_is_good_once(self, client, olive):
        linked(olive, 2)
        back = come_back(client.get(START).url)
        client.get(back)
        client.logout()
        assert client.get(back).status_code == 422

    def test_a_phone_that_follows_the_redirect_twice_is_where_it_was(self, client):
        back = come_back(client.get(START).url)
        assert [client.get(back).url, client.get(back).url] == [FIRST, FIRST]

    def test_ten_minutes_are_enough_for_anybody(self, client, time_machine):
        time_machine.move_to(NOW, tick=False)
        there = client.get(START).url
        time_machine.move_to(NOW + timedelta(minutes=11), tick=False)
        assert client.get(come_back(there)).status_code == 422

    def test_who_waits_too_long_on_the_first_page_begins_again(self, client, time_machine):
        time_machine.move_to(NOW, tick=False)
        tap(client)
        time_machine.move_to(NOW + timedelta(minutes=11), tick=False)
        assert client.post(FIRST).url == START
        assert User.objects.count() == 0

    def test_a_code_of_ones_own_making_is_refused_by_wechat(self, client):
        state = parse_qs(urlsplit(client.get(START).url).query)["state"][0]
        answer = client.get(BACK, {"state": state, "code": "made-up"})
        assert (answer.status_code, "did not confirm" in answer.text) == (422, True)

    def test_a_wechat_that_hangs_up_is_told_as_it_is(self, client, server):
        back = come_back(client.get(START).url)
        server.desk.orders.is_down = True
        answer = client.get(back)
        assert (answer.status_code, "does not answer" in answer.text) == (503, True)


class TestTheirWord:
    def code(self, client, server):
        return parse_qs(urlsplit(come_back(client.get(START).url)).query)["code"][0]

    def refusal(self, code):
        with pytest.raises(wechat.WeChatRefused) as found:
            wechat.identity_of(code)
        return found.value.code

    def test_a_code_stands_for_somebody_once(self, client, server):
        code = self.code(client, server)
        assert wechat.identity_of(code) == identity(2)
        assert self.refusal(code) == 40163

    def test_and_for_five_minutes(self, client, server, time_machine):
        time_machine.move_to(NOW, tick=False)
        code = self.code(client, server)
        time_machine.move_to(NOW + timedelta(seconds=301), tick=False)
        assert self.refusal(code) == 42003

    @pytest.mark.parametrize(("setting", "errcode"), [("WECHAT_SECRET", 40125), ("WECHAT_APPID", 40013)])
    def test_only_we_may_ask(self, client, server, settings, setting, errcode):
        code = self.code(client, server)
        setattr(settings, setting, "another")
        assert self.refusal(code) == errcode


class TestLinking:
    def test_a_wechat_opens_one_cabinet_and_a_cabinet_has_one_wechat(self, olive, account):
        linked(olive)
        other = people.UserFactory()
        with pytest.raises(operations.OtherCabinet):
            linked(other)
        with pytest.raises(operations.OtherWeChat):
            linked(olive, 2)
        assert linked(olive).user == olive

    def test_it_is_linked_from_the_cabinet_after_a_look_and_a_click(self, client, signed_in, olive):
        signed_in(client, olive)
        assert client.get(LINK).url == f"{START}?next={LINK}"
        assert tap(client, wanted=LINK).url == LINK
        assert wechat_links.user_of(identity(2)) is None
        client.post(LINK)
        assert (Message.objects.get().kind, Message.objects.get().address) == ("wechat_linked", "+8613800138000")
        assert "Your WeChat opens this cabinet since" in client.get(reverse("desk:cabinet_details")).text

    def test_somebody_elses_wechat_is_refused_in_words(self, client, signed_in, olive):
        linked(people.UserFactory(), 2)
        signed_in(client, olive)
        answer = client.get(come_back(client.get(START, {"next": LINK}).url), follow=True)
        assert "opens another cabinet already" in answer.text

    def test_unlinked_it_opens_nothing_and_nobody_is_named_any_more(self, client, signed_in, olive):
        linked(olive, 2)
        signed_in(client, olive).post(UNLINK)
        row = WeChatLink.objects.get()
        assert (row.digest, row.openid_sealed, row.unlinked_at is None) == ("", "", False)
        assert tap(browser()).url == FIRST

    def test_the_only_way_in_stays_while_there_is_something_inside(self, client, account):
        tap(client)
        client.post(FIRST)
        people.BindingFactory(user=who(client), account=account)
        assert "Add your phone first" in client.post(UNLINK, follow=True).text
        Binding.objects.update(unbound_at=NOW)
        client.post(UNLINK)
        assert WeChatLink.objects.get().unlinked_at is not None


class TestAtRest:
    def test_who_somebody_is_at_wechat_is_nowhere_in_the_open(self, client, olive):
        linked(olive, 1)
        tap(client)
        kept = [str(row) for row in WeChatLink.objects.values()] + [str(row.get_decoded()) for row in Session.objects.all()]
        assert len(kept) == 2
        assert not any(openid_of(person) in text for text in kept for person in (1, 2))
        assert wechat_links.payer_of(olive, appid=wechat_appid()) == openid_of(1)

    def test_capitals_tell_people_apart(self):
        assert wechat_links.digest_of(Identity("wx1", "oAb")) != wechat_links.digest_of(Identity("wx1", "oaB"))

    def test_another_account_knows_nobody_by_this_number(self, olive):
        linked(olive, 1)
        assert wechat_links.user_of(Identity("wx2", openid_of(1))) is None
        assert wechat_links.payer_of(olive, appid="wx2") == ""


@pytest.mark.parametrize("said", [b'{"errcode": "no number"}', b"[]", b'{"errcode": -1}'])
def test_an_answer_that_says_nothing_is_no_answer(monkeypatch, said):
    monkeypatch.setattr(wechat, "_answer", lambda *args: said)
    with pytest.raises(wechat.WeChatSilent):
        wechat.identity_of("x")


def test_a_stranger_who_comes_back_from_nowhere_leaves_no_session(client, db):
    client.get(reverse("accounts:wechat_back"), {"state": "made-up"})
    assert not Session.objects.exists()


class TestAtACounter:
    def test_a_clerk_unlinks_the_wechat_of_a_lost_phone_and_it_is_kept_who_did(self, client, signed_in, olive, account, fang):
        linked(olive)
        assert "Unlink its WeChat" in signed_in(client, fang).get(f"/staff/accounts/{account.number}/").text
        client.post(f"/staff/accounts/{account.number}/wechat/unlink/", {"binding": Binding.objects.get(user=olive).pk})
        link = WeChatLink.objects.get()
        assert (link.digest, link.linked_by, link.unlinked_by) == ("", olive.actor_label, fang.user.actor_label)
        assert wechat_links.user_of(identity(1)) is None

    def test_nobody_else_does_and_not_of_another_account(self, client, signed_in, olive, neighbour, mei, fang):
        linked(olive)
        with pytest.raises(Forbidden):
            operations.unlink_for(user=olive, by=mei.user, at=NOW)
        answer = signed_in(client, fang).post(f"/staff/accounts/{neighbour.number}/wechat/unlink/", {"binding": 1})
        assert (answer.status_code, WeChatLink.objects.get().unlinked_at) == (404, None)
