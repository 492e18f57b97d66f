"""The menu of the account at WeChat: what WeChat takes, in three languages, by command and by API."""

import json
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as product
from django.core.management import CommandError, call_command
from django.urls import resolve

from accounts import wechat
from desk import wechat_menu
from tests.pay_stand_in import pay_there, serving

LANGUAGES = [code for code, _name in product.LANGUAGES]


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture
def account(server, settings):
    server.desk.account.menu = None
    server.desk.orders.is_down = False
    pay_there(settings, server)
    return server.desk.account


def published(*options):
    out = StringIO()
    call_command("wechat_menu", "--publish", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_wechat_takes_it_in_every_language(account, language):
    assert "Published" in published("--language", language)
    assert account.menu == wechat_menu.menu(language)


def test_every_entry_leads_to_a_page_of_ours_and_what_is_personal_through_the_sign_in():
    for _label, entries in wechat_menu.MENU:
        for entry in entries:
            found = urlsplit(entry.url)
            page = parse_qs(found.query).get("next", [found.path])[0]
            assert resolve(page).view_name == entry.route
            assert (found.path == "/auth/wechat/") is entry.is_personal is page.startswith("/cabinet/")


def test_a_name_that_is_too_long_is_said_before_wechat_says_it(monkeypatch):
    monkeypatch.setattr(wechat_menu, "BUTTON_BYTES", 3)
    with pytest.raises(CommandError, match="My gas"):
        call_command("wechat_menu")


def test_what_wechat_says_against_it_is_told_with_its_number(account, monkeypatch):
    monkeypatch.setattr(wechat_menu, "MENU", wechat_menu.MENU * 2)
    with pytest.raises(CommandError, match="40016"):
        published()


@pytest.mark.parametrize(("setting", "words"), [("WECHAT_SECRET", "40125"), ("WECHAT_API", "does not answer")])
def test_what_goes_wrong_on_the_way_changes_nothing(account, settings, setting, words):
    setattr(settings, setting, "http://127.0.0.1:9")
    with pytest.raises(CommandError, match=words):
        published()
    assert account.menu is None


def test_the_token_of_others_stays_good(account, server):
    wechat.publish_menu(wechat_menu.menu("en"))
    first = dict(account._tokens)
    wechat.publish_menu(wechat_menu.menu("ru"))
    assert account._tokens == first


@pytest.mark.parametrize(("asked", "name"), [({}, "My gas"), ({"language": "zh-hans"}, "我的燃气")])
def test_the_api_gives_what_the_command_publishes(db, account, client, asked, name):
    answer = client.get("/api/v1/wechat/menu/", asked).json()
    assert answer == wechat_menu.menu(asked.get("language", "en"))
    assert answer["button"][0]["name"] == name


def test_an_unknown_language_and_a_missing_account_are_told(db, client, account, settings):
    assert client.get("/api/v1/wechat/menu/", {"language": "fr"}).status_code == 400
    settings.WECHAT_SECRET = ""
    assert client.get("/api/v1/wechat/menu/").status_code == 404


def test_without_publishing_it_is_only_shown(account):
    out = StringIO()
    call_command("wechat_menu", "--language", "ru", stdout=out)
    assert json.loads(out.getvalue())["button"][0]["name"] == "Мой газ"
    assert account.menu is None
