"""Signing in: customers by phone, staff by name, password and second step; nothing tells which phones are known."""

import re
from importlib.util import module_from_spec, spec_from_file_location

import pytest
from allauth.account.adapter import get_adapter as accounts_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.cache import cache

import config.settings
from accounts.models import User
from notices.models import Message
from tests.api.conftest import token_of
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.signing_in import SECRET, app_code

LOGIN, CODE, CONFIRM, SIGNUP = "/auth/login/", "/auth/login/code/", "/auth/login/code/confirm/", "/auth/signup/"
PASSWORD = "a-long-password-1"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def code():
    return re.search(r"\d{6}", Message.objects.latest("pk").text)[0]


def is_in(client):
    return "_auth_user_id" in client.session


class TestByCode:
    @pytest.mark.parametrize("phone", ["13800138000", "138 0013 8000", "+86 138-0013-8000"])
    def test_a_customer_signs_in_however_the_phone_is_written(self, client, olive, phone):
        client.post(CODE, {"phone": phone})
        client.post(CONFIRM, {"code": code()})
        assert is_in(client)

    def test_a_wrong_code_does_not(self, client, olive):
        client.post(CODE, {"phone": "13800138000"})
        client.post(CONFIRM, {"code": "000000" if code() != "000000" else "111111"})
        assert not is_in(client)

    def test_three_wrong_ones_end_it(self, client, olive):
        client.post(CODE, {"phone": "13800138000"})
        right = code()
        for _ in range(3):
            client.post(CONFIRM, {"code": "x"})
        client.post(CONFIRM, {"code": right})
        assert not is_in(client)

    def test_known_and_unknown_phones_lead_to_the_same_page(self, client, olive):
        pages = []
        for phone in ("13800138000", "13900139000"):
            client.cookies.clear()
            answer = client.post(CODE, {"phone": phone}, follow=True)
            pages.append((answer.redirect_chain, re.sub(r"\+86\d+|value=\"[^\"]+\"|'X-CSRF.*?'|\"[A-Za-z0-9]{64}\"", "", answer.text)))
        assert pages[0][0] == pages[1][0]
        assert len(pages[0][1]) == len(pages[1][1])

    def test_staff_cannot_go_round_their_second_step(self, client, fang):
        User.objects.filter(pk=fang.user_id).update(phone="+8613800138999", is_phone_verified=True)
        client.post(CODE, {"phone": "13800138999"})
        assert Message.objects.get().kind == "unknown_phone"

    def test_a_burst_at_one_phone_is_stopped(self, client, olive):
        for _ in range(5):
            client.post(CODE, {"phone": "13800138000"})
        assert Message.objects.count() <= 3


class TestByPassword:
    def test_a_customer_signs_in_with_phone_and_password(self, client, olive):
        client.post(LOGIN, {"login": "138 0013 8000", "password": PASSWORD})
        assert is_in(client)

    def test_wrong_password_and_unknown_phone_read_the_same(self, client, olive):
        wrong = client.post(LOGIN, {"login": "13800138000", "password": "x"})
        unknown = client.post(LOGIN, {"login": "13900139000", "password": "x"})
        errors = [re.findall(r"<li>(.*?)</li>", page.text) for page in (wrong, unknown)]
        assert errors[0] == errors[1]

    def test_too_many_wrong_ones_lock_even_the_right_one_out(self, client, olive):
        for _ in range(6):
            client.post(LOGIN, {"login": "13800138000", "password": "x"})
        client.post(LOGIN, {"login": "13800138000", "password": PASSWORD})
        assert not is_in(client)


class TestStaff:
    @pytest.fixture
    def protected(self, fang):
        data = {"secret": get_adapter().encrypt(SECRET)}
        Authenticator.objects.create(user=fang.user, type=Authenticator.Type.TOTP, data=data)
        return fang

    def test_a_password_alone_does_not_open_the_door(self, client, protected):
        answer = client.post(LOGIN, {"login": "fang", "password": PASSWORD})
        assert answer.url.startswith("/auth/2fa/")
        assert client.get("/staff/accounts/").status_code == 302

    def test_the_second_step_opens_it(self, client, protected):
        self.sign_in(client, app_code())
        assert client.get("/staff/accounts/").status_code == 200

    @pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
    def test_a_code_is_good_for_a_step_before_and_after_its_own(self, client, protected, time_machine, steps, is_right):
        time_machine.move_to(NOW, tick=False)
        self.sign_in(client, app_code(steps=steps))
        assert is_in(client) is is_right

    @pytest.mark.parametrize("seconds", [1, 31, 59])
    def test_a_code_opens_once_as_long_as_it_lives(self, client, protected, time_machine, seconds):
        time_machine.move_to(NOW, tick=False)
        code = app_code(steps=1)
        self.sign_in(client, code)
        client.logout()
        time_machine.shift(seconds)
        self.sign_in(client, code)
        assert not is_in(client)

    def sign_in(self, client, code):
        client.post(LOGIN, {"login": "fang", "password": PASSWORD})
        client.post("/auth/2fa/authenticate/", {"code": code})

    def test_without_one_every_page_leads_to_setting_it_up(self, client, fang):
        client.post(LOGIN, {"login": "fang", "password": PASSWORD})
        for page in ("/staff/accounts/", "/staff/", "/admin/", "/cabinet/"):
            assert client.get(page).url == "/auth/2fa/totp/activate/"

    def test_setting_up_shows_a_key_and_no_inline_style(self, client, fang):
        client.post(LOGIN, {"login": "fang", "password": PASSWORD})
        page = client.get("/auth/2fa/totp/activate/")
        assert "style=" not in page.text
        assert "data-copy" in page.text


class TestCounters:
    """Behind a proxy a visitor is whoever the proxy names last; without one nobody names themselves."""

    def address(self, rf):
        request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
        return accounts_adapter().get_client_ip(request)

    def test_visitors_behind_a_proxy_do_not_share_one(self, rf, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        assert self.address(rf) == "198.51.100.7"

    def test_nobody_escapes_theirs_by_a_header(self, rf):
        assert self.address(rf) == "127.0.0.1"

    def test_one_switch_tells_the_pages_and_the_api(self, monkeypatch):
        monkeypatch.setenv("BEHIND_PROXY", "1")
        spec = spec_from_file_location("config.settings_behind_a_proxy", config.settings.__file__)
        settings = module_from_spec(spec)
        spec.loader.exec_module(settings)
        assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == settings.REST_FRAMEWORK["NUM_PROXIES"] == 1


class TestSignUp:
    def sign_up(self, client, phone="13700137000", password=""):
        return client.post(SIGNUP, {"phone": phone, "password1": password})

    def test_a_phone_and_its_code_are_enough(self, client):
        self.sign_up(client)
        client.post("/auth/phone/verify/", {"code": code()})
        user = User.objects.get(phone="+8613700137000")
        assert is_in(client)
        assert user.is_phone_verified
        assert not user.is_staff

    def test_a_known_phone_gets_no_second_user_and_the_same_page(self, client, olive):
        known = self.sign_up(client, "13800138000")
        assert Message.objects.get().kind == "known_phone"
        client.cookies.clear()
        assert self.sign_up(client).url == known.url

    def test_whoever_typed_a_strangers_phone_does_not_keep_its_owner_out(self, client):
        self.sign_up(client, password=PASSWORD)
        client.cookies.clear()
        cache.clear()
        self.sign_up(client)
        client.post("/auth/phone/verify/", {"code": code()})
        owner = User.objects.get(phone="+8613700137000")
        assert not owner.check_password(PASSWORD)


class TestPhones:
    @pytest.fixture
    def of_staff(self, fang):
        User.objects.filter(pk=fang.user_id).update(phone="+8613700137000", is_phone_verified=True)

    def test_one_that_a_staff_row_holds_can_be_signed_up_with(self, client, of_staff):
        client.post(SIGNUP, {"phone": "13700137000", "password1": ""})
        client.post("/auth/phone/verify/", {"code": code()})
        assert User.objects.get(phone="+8613700137000").is_phone_verified
        assert is_in(client)

    def test_nor_does_it_keep_a_customer_from_changing_to_it(self, client, signed_in, olive, of_staff):
        signed_in(client, olive).post("/auth/phone/change/", {"phone": "13700137000"})
        client.post("/auth/phone/verify/", {"code": code()})
        assert User.objects.get(phone="+8613700137000") == olive

    def test_whoever_proves_it_last_has_it(self, olive):
        newer = people.UserFactory()
        accounts_adapter().set_phone_verified(newer, "+8613800138000")
        assert User.objects.get(phone="+8613800138000") == newer

    def test_another_customers_is_not_taken_without_proof(self, client, signed_in, olive):
        signed_in(client, people.UserFactory()).post("/auth/phone/change/", {"phone": "13800138000"})
        client.post("/auth/phone/verify/", {"code": "000000" if code() != "000000" else "111111"})
        assert Message.objects.get().address == "+8613800138000"
        assert User.objects.get(phone="+8613800138000") == olive


class TestPasswords:
    def test_a_forgotten_one_is_replaced_after_a_code(self, client, olive):
        client.post(CODE, {"phone": "13800138000", "next": "/auth/password/new/"})
        answer = client.post(CONFIRM, {"code": code(), "next": "/auth/password/new/"})
        assert answer.url == "/auth/password/new/"
        client.post("/auth/password/new/", {"password": "another-long-one-2"})
        olive.refresh_from_db()
        assert olive.check_password("another-long-one-2")
        assert is_in(client)

    def test_a_changed_one_ends_every_device(self, client, signed_in, olive):
        token_of(olive)
        data = {"oldpassword": PASSWORD, "password1": "another-long-one-2", "password2": "another-long-one-2"}
        signed_in(client, olive).post("/auth/password/change/", data)
        olive.refresh_from_db()
        assert olive.check_password("another-long-one-2")
        assert not olive.auth_token_set.exists()

    def test_a_weak_one_is_refused(self, client, olive):
        client.post(CODE, {"phone": "13800138000"})
        client.post(CONFIRM, {"code": code()})
        client.post("/auth/password/new/", {"password": "short"})
        olive.refresh_from_db()
        assert olive.check_password(PASSWORD)

    def test_without_a_code_the_old_one_is_asked_for(self, client, signed_in, olive):
        assert signed_in(client, olive).get("/auth/password/new/").url == "/auth/password/change/"

    def test_the_forgotten_page_knows_no_mail(self, client, db):
        assert 'type="tel"' in client.get("/auth/password/reset/").text


class TestLanguage:
    def test_a_choice_is_remembered_for_the_next_device(self, client, signed_in, olive):
        signed_in(client, olive).post("/i18n/setlang/", {"language": "ru", "next": "/"})
        olive.refresh_from_db()
        assert olive.language == "ru"

    def test_it_is_used_at_sign_in(self, client, olive):
        User.objects.filter(pk=olive.pk).update(language="zh-hans")
        answer = client.post(LOGIN, {"login": "13800138000", "password": PASSWORD})
        assert answer.cookies["django_language"].value == "zh-hans"

    def test_nonsense_is_not_kept(self, client, signed_in, olive):
        signed_in(client, olive).post("/i18n/setlang/", {"language": "xx", "next": "/"})
        olive.refresh_from_db()
        assert olive.language == ""


class TestPagesOfAllauth:
    PATHS = ("/auth/login/", "/auth/signup/", "/auth/login/code/", "/auth/password/reset/")
    MINE = ("/auth/sessions/", "/auth/phone/change/", "/auth/password/change/", "/auth/logout/", "/auth/2fa/")

    @pytest.mark.parametrize("path", PATHS)
    def test_they_wear_our_frame_and_no_inline_style(self, client, db, path):
        page = client.get(path)
        assert "site-header" in page.text
        assert "style=" not in page.text

    @pytest.mark.parametrize("path", MINE)
    def test_so_do_those_for_the_signed_in(self, client, signed_in, olive, path):
        page = signed_in(client, olive).get(path, follow=True)
        assert page.status_code == 200
        assert "site-header" in page.text
        assert "style=" not in page.text

    def test_mail_has_no_page(self, client, signed_in, olive):
        assert signed_in(client, olive).get("/auth/email/").url == "/auth/phone/change/"


def test_somebody_without_roles_signs_in_and_may_nothing(client, signed_in, db):
    staff = people.StaffFactory()
    staff.grants.all().delete()
    assert signed_in(client, staff).get("/staff/accounts/").status_code == 403
