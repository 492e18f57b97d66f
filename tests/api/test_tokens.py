from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone
from rest_framework.test import APIClient

import accounts.operations.tokens
from accounts import second_factor
from accounts.models import AccessToken, SignInCode
from tests.factories import accounts as people
from tests.signing_in import app_code

from .conftest import device_of, token_of
from .test_problems import check_problem

PASSWORD = "a-long-password-1"


def sign_in(client, **given):
    return client.post("/api/v1/tokens/", {"device": "reader bridge", **given})


class TestStaff:
    def test_sign_in_with_password_and_second_factor(self, visitor, fang, secret):
        response = sign_in(visitor, username="fang", password=PASSWORD, code=app_code(secret))
        assert response.status_code == 201
        assert response["Cache-Control"] == "no-store"
        body = response.json()
        visitor.credentials(HTTP_AUTHORIZATION=f"Bearer {body['token']}")
        assert visitor.get("/api/v1/me/").json()["staff_number"] == "017"
        assert AccessToken.objects.get().digest != body["token"]

    def test_a_code_works_once(self, visitor, fang, secret):
        code = app_code(secret)
        assert sign_in(visitor, username="fang", password=PASSWORD, code=code).status_code == 201
        check_problem(sign_in(visitor, username="fang", password=PASSWORD, code=code), 401, "wrong_credentials")

    def test_a_code_typed_on_the_page_opens_nothing_here(self, visitor, fang, secret):
        code = app_code(secret)
        assert second_factor.spend(user=fang.user, code=code)
        check_problem(sign_in(visitor, username="fang", password=PASSWORD, code=code), 401, "wrong_credentials")

    def test_cannot_leave_the_code_out(self, visitor, fang, secret):
        check_problem(sign_in(visitor, username="fang", password=PASSWORD), 400, "invalid")

    def test_without_a_second_factor_are_sent_to_the_page(self, visitor, fang):
        check_problem(sign_in(visitor, username="fang", password=PASSWORD, code="000000"), 403, "no_second_factor")

    @pytest.mark.parametrize("wrong", [{"password": "x"}, {"username": "gang"}, {"code": "000000"}])
    def test_hear_the_same_whatever_is_wrong(self, visitor, fang, secret, wrong):
        given = {"username": "fang", "password": PASSWORD, "code": app_code(secret), **wrong}
        check_problem(sign_in(visitor, **given), 401, "wrong_credentials")

    def test_who_left_cannot_sign_in(self, visitor, fang, secret):
        fang.user.is_active = False
        fang.user.save(update_fields=["is_active"])
        check_problem(sign_in(visitor, username="fang", password=PASSWORD, code=app_code(secret)), 401, "wrong_credentials")

    def test_are_locked_after_five_wrong_passwords_even_with_the_right_one(self, visitor, fang, secret):
        for _ in range(5):
            sign_in(visitor, username="fang", password="x", code="000000")
        response = sign_in(visitor, username="fang", password=PASSWORD, code=app_code(secret))
        check_problem(response, 429, "too_many_tries")
        assert response["Retry-After"] == "300"

    def test_cannot_come_in_by_phone(self, visitor, fang):
        fang.user.phone, fang.user.is_phone_verified = "+8613900139000", True
        fang.user.save(update_fields=["phone", "is_phone_verified"])
        check_problem(sign_in(visitor, phone="+8613900139000", password=PASSWORD), 401, "wrong_credentials")


class TestCustomers:
    def test_sign_in_by_phone_however_it_is_written(self, visitor, olive):
        for phone in ("+8613800138000", "13800138000", "138 0013 8000"):
            assert sign_in(visitor, phone=phone, password=PASSWORD).status_code == 201

    def test_cannot_use_the_staff_door(self, visitor, olive):
        check_problem(sign_in(visitor, username="olive", password=PASSWORD, code="000000"), 401, "wrong_credentials")

    def test_one_locked_phone_locks_no_other(self, visitor, olive):
        for _ in range(6):
            last = sign_in(visitor, phone="+8613700137000", password="x")
        check_problem(last, 429, "too_many_tries")
        assert sign_in(visitor, phone="+8613800138000", password=PASSWORD).status_code == 201


class TestCustomersWithASecondStep:
    @pytest.fixture
    def secret(self, olive):
        secret = generate_totp_secret()
        TOTP.activate(olive, secret)
        return secret

    def test_need_its_code_beside_the_password(self, visitor, secret):
        given = {"phone": "+8613800138000", "password": PASSWORD}
        check_problem(sign_in(visitor, **given), 403, "second_factor_missing")
        check_problem(sign_in(visitor, **given, code="000000"), 401, "wrong_credentials")
        assert sign_in(visitor, **given, code=app_code(secret)).status_code == 201

    def test_do_not_go_round_it_by_a_text_message(self, visitor, olive, secret):
        sent = accounts.operations.sign_in_codes.prepare_code(phone="+8613800138000", at=timezone.now())
        check_problem(sign_in(visitor, attempt=sent.attempt, code=sent.code), 403, "second_factor_missing")


class TestCodes:
    @pytest.fixture
    def sent(self, monkeypatch):
        sent = []
        adapter = type(get_adapter())
        monkeypatch.setattr(
            adapter, "send_verification_code_sms", lambda self, user, phone, code: sent.append((phone, code)), raising=False
        )
        return sent

    def ask(self, client, phone="+8613800138000"):
        response = client.post("/api/v1/tokens/codes/", {"phone": phone})
        assert response.status_code == 202
        return response.json()["attempt"]

    def test_let_a_customer_in_once(self, visitor, olive, sent):
        attempt = self.ask(visitor)
        ((phone, code),) = sent
        assert phone == "+8613800138000"
        assert sign_in(visitor, attempt=attempt, code=code).status_code == 201
        check_problem(sign_in(visitor, attempt=attempt, code=code), 401, "wrong_credentials")

    def test_are_answered_alike_for_a_phone_nobody_has(self, visitor, olive, sent):
        attempt = self.ask(visitor, "+8613700137000")
        assert sent == []
        check_problem(sign_in(visitor, attempt=attempt, code="000000"), 401, "wrong_credentials")

    def test_stop_after_five_wrong_tries(self, visitor, olive, sent):
        attempt = self.ask(visitor)
        code = sent[0][1]
        wrong = "000000" if code != "000000" else "000001"
        for _ in range(5):
            sign_in(visitor, attempt=attempt, code=wrong)
        check_problem(sign_in(visitor, attempt=attempt, code=code), 401, "wrong_credentials")

    def test_expire(self, visitor, olive, sent):
        attempt = self.ask(visitor)
        SignInCode.objects.update(created_at=timezone.now() - timedelta(minutes=6))
        check_problem(sign_in(visitor, attempt=attempt, code=sent[0][1]), 401, "wrong_credentials")

    def test_are_not_sent_without_end(self, visitor, olive, sent):
        answers = [visitor.post("/api/v1/tokens/codes/", {"phone": "+8613800138000"}) for _ in range(4)]
        check_problem(answers[-1], 429, "too_many_tries")
        assert len(sent) == 3


class TestDevices:
    def test_are_listed_without_the_token(self, olives):
        (device,) = olives.get("/api/v1/me/tokens/").json()["results"]
        assert device.keys() == {"id", "device", "created_at", "expires_at"}

    def test_a_revoked_one_is_a_stranger(self, olives):
        (device,) = olives.get("/api/v1/me/tokens/").json()["results"]
        assert olives.delete(f"/api/v1/me/tokens/{device['id']}/").status_code == 204
        check_problem(olives.get("/api/v1/me/"), 401, "authentication_failed")

    def test_somebody_elses_cannot_be_revoked(self, olives, fang):
        token_of(fang.user)
        handle = AccessToken.objects.get(user=fang.user).handle
        check_problem(olives.delete(f"/api/v1/me/tokens/{handle}/"), 404, "no_such_token")
        assert AccessToken.objects.filter(user=fang.user).exists()

    def test_an_expired_one_is_a_stranger_and_goes_at_the_next_sign_in(self, visitor, olive):
        client = device_of(olive)
        AccessToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))
        check_problem(client.get("/api/v1/me/"), 401, "authentication_failed")
        accounts.operations.tokens.open_token(user=olive, device="new", life=timedelta(hours=1), at=timezone.now())
        assert AccessToken.objects.get().device == "new"

    def test_and_codes_that_expired_are_forgotten(self, olive):
        token_of(olive)
        accounts.operations.sign_in_codes.prepare_code(phone="+8613800138000", at=timezone.now())
        assert accounts.operations.tokens.forget_sign_ins(at=timezone.now()) == 0
        assert accounts.operations.tokens.forget_sign_ins(at=timezone.now() + timedelta(hours=2)) == 2

    def test_live_as_long_as_asked_and_no_longer_than_ninety_days(self, visitor, olive):
        check_problem(sign_in(visitor, phone="+8613800138000", password=PASSWORD, hours=2161), 400, "invalid")
        assert sign_in(visitor, phone="+8613800138000", password=PASSWORD, hours=2160).status_code == 201
        assert AccessToken.objects.get().expiry > timezone.now() + timedelta(days=89)


class TestSessions:
    def test_read_without_more(self, client, olive):
        client.force_login(olive)
        assert client.get("/api/v1/me/").json()["kind"] == "customer"

    def test_write_with_the_csrf_token_only(self, fang, secret):
        client = APIClient(enforce_csrf_checks=True)
        client.force_login(fang.user)
        check_problem(client.post("/api/v1/accounts/search/", {"q": "1"}), 403, "csrf_failed")
        client.cookies["csrftoken"] = "a" * 32
        assert client.post("/api/v1/accounts/search/", {"q": "1"}, headers={"X-CSRFToken": "a" * 32}).status_code == 200

    def test_of_staff_without_a_second_factor_do_nothing(self, client, fang):
        client.force_login(fang.user)
        check_problem(client.get("/api/v1/me/"), 403, "second_factor_required")


def test_a_user_without_any_role_may_nothing_special(visitor):
    user = people.UserFactory(is_staff=True)
    body = device_of(user).get("/api/v1/me/").json()
    assert body == {"kind": "staff", "staff_number": None, "hall": None, "verbs": []}
