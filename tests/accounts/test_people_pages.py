"""Staff pages about accounts and about staff."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import models
from tests.api.conftest import device_of
from tests.factories import accounts as people


@pytest.fixture
def phone(account):
    return people.PhoneFactory(customer=account.customer, number="+8613912345678")


def url(name, *args):
    return reverse(name, args=args)


class TestAccountList:
    def test_nothing_typed_shows_nobody(self, client, signed_in, fang, account):
        page = signed_in(client, fang).get(url("desk:search"))
        assert account.customer.name not in page.text

    def test_one_hit_opens_by_itself(self, client, signed_in, fang, account):
        answer = signed_in(client, fang).post(url("desk:search"), {"q": account.number})
        assert answer.url == url("desk:account", account.number)

    def test_several_hits_are_listed(self, client, signed_in, fang, account, neighbour):
        page = signed_in(client, fang).post(url("desk:search"), {"q": "兰陵县"})
        assert account.number in page.text
        assert neighbour.number in page.text

    def test_nobodys_data_stands_in_an_address(self, client, signed_in, fang, account):
        page = signed_in(client, fang).get(url("desk:search"), {"q": account.number})
        assert page.status_code == 200
        assert 'method="post" role="search"' in page.text

    def test_a_customer_is_refused(self, client, signed_in, olive):
        assert signed_in(client, olive).get(url("desk:search")).status_code == 403

    def test_a_stranger_is_asked_to_sign_in(self, client, db):
        assert client.get(url("desk:search")).url.startswith("/auth/login/")


class TestCustomerEdit:
    def test_changes_are_kept_with_the_name_of_who_made_them(self, client, signed_in, fang, account):
        data = {"name": "李娜娜", "kind": "person", "segment": "vip", "language": "ru", "channel": "sms", "email": ""}
        signed_in(client, fang).post(url("accounts:customer_edit", account.number), data)
        account.customer.refresh_from_db()
        assert (account.customer.name, account.customer.language) == ("李娜娜", "ru")
        assert account.customer.history.first().history_user == fang.user

    def test_what_was_typed_stays_when_something_is_wrong(self, client, signed_in, fang, account):
        data = {"name": "李娜娜", "kind": "person", "segment": "vip", "language": "ru", "channel": "sms", "email": "no"}
        page = signed_in(client, fang).post(url("accounts:customer_edit", account.number), data)
        assert "李娜娜" in page.text

    def test_phones_and_mail_stay_behind_the_mask(self, client, signed_in, fang, account, phone):
        models.Customer.objects.update(email="lina@example.org")
        page = signed_in(client, fang).get(url("accounts:customer_edit", account.number)).text
        assert "5678" in page
        assert "1234 5678" not in page
        assert "lina@" not in page

    @pytest.mark.parametrize(("typed", "kept"), [("", "lina@example.org"), ("new@example.org", "new@example.org")])
    def test_mail_is_changed_without_being_shown(self, client, signed_in, fang, account, typed, kept):
        models.Customer.objects.update(email="lina@example.org")
        data = {"name": "李娜", "kind": "person", "segment": "vip", "language": "ru", "channel": "sms", "email": typed}
        signed_in(client, fang).post(url("accounts:customer_edit", account.number), data)
        account.customer.refresh_from_db()
        assert account.customer.email == kept

    def test_finance_may_look_and_not_change(self, client, signed_in, mei, account):
        assert signed_in(client, mei).get(url("accounts:customer_edit", account.number)).status_code == 403


class TestPhones:
    def test_a_local_number_is_kept_in_full(self, client, signed_in, fang, account):
        signed_in(client, fang).post(url("accounts:phone_add", account.number), {"number": "138 0013 9999"})
        assert [str(phone.number) for phone in account.customer.phones.all()] == ["+8613800139999"]

    def test_nonsense_is_refused_in_words(self, client, signed_in, fang, account):
        page = signed_in(client, fang).post(url("accounts:phone_add", account.number), {"number": "abc"})
        assert page.status_code == 422
        assert not account.customer.phones.exists()

    def test_one_can_be_removed(self, client, signed_in, fang, account, phone):
        signed_in(client, fang).post(url("accounts:phone_remove", account.number, phone.pk))
        assert not account.customer.phones.exists()

    def test_another_customers_phone_cannot(self, client, signed_in, fang, neighbour, phone):
        answer = signed_in(client, fang).post(url("accounts:phone_remove", neighbour.number, phone.pk))
        assert answer.status_code == 404


class TestFreeze:
    def test_a_head_freezes_with_a_reason_and_unfreezes(self, client, signed_in, qiang, account):
        signed_in(client, qiang).post(url("accounts:account_freeze", account.number), {"reason": "欠费"})
        account.refresh_from_db()
        assert (account.status, account.frozen_reason) == ("frozen", "欠费")
        client.post(url("accounts:account_unfreeze", account.number))
        account.refresh_from_db()
        assert account.is_open

    def test_without_a_reason_nothing_happens_and_the_page_says_why(self, client, signed_in, qiang, account):
        page = signed_in(client, qiang).post(url("accounts:account_freeze", account.number), {"reason": " "}, follow=True)
        assert "Say why" in page.text
        account.refresh_from_db()
        assert account.is_open

    def test_a_clerk_may_not(self, client, signed_in, fang, account):
        answer = signed_in(client, fang).post(url("accounts:account_freeze", account.number), {"reason": "x"})
        assert answer.status_code == 403

    def test_asking_by_link_does_nothing(self, client, signed_in, qiang, account):
        assert signed_in(client, qiang).get(url("accounts:account_freeze", account.number)).status_code == 405


class TestReveal:
    def test_it_shows_the_phone_and_writes_down_who_looked(self, client, signed_in, qiang, account, phone):
        page = signed_in(client, qiang).post(url("accounts:customer_reveal", account.number))
        assert "139 1234 5678" in page.text
        assert models.Disclosure.objects.get().by == qiang.user.actor_label
        assert "no-store" in page.headers["Cache-Control"]

    def test_htmx_gets_the_fragment_alone(self, client, signed_in, qiang, account, phone):
        page = signed_in(client, qiang).post(url("accounts:customer_reveal", account.number), headers={"HX-Request": "true"})
        assert "<html" not in page.text

    def test_a_clerk_may_not(self, client, signed_in, fang, account):
        assert signed_in(client, fang).post(url("accounts:customer_reveal", account.number)).status_code == 403
        assert not models.Disclosure.objects.exists()


class TestBindWithPapers:
    def test_the_customer_finds_the_account_in_the_cabinet(self, client, signed_in, fang, neighbour, olive):
        data = {"phone": "13800138000", "role": "family", "papers": "身份证"}
        signed_in(client, fang).post(url("accounts:bind_with_papers", neighbour.number), data)
        binding = models.Binding.objects.get(user=olive, account=neighbour)
        assert (binding.role, binding.papers, binding.bound_by) == ("family", "身份证", fang.user.actor_label)

    def test_an_unknown_phone_is_told(self, client, signed_in, fang, neighbour):
        data = {"phone": "13900000000", "role": "family", "papers": "身份证"}
        page = signed_in(client, fang).post(url("accounts:bind_with_papers", neighbour.number), data)
        assert "sign up first" in page.text


class TestPeople:
    def test_an_administrator_hires_grants_and_takes_back(self, client, signed_in, ada, now):
        signed_in(client, ada)
        data = {"name": "赵敏", "number": "055", "username": "zhao", "password": "first-password-1"}
        client.post(url("accounts:people"), data)
        client.post(url("accounts:role_grant", "055"), {"role": "clerk", "since": "2026-01-01T08:00"})
        grant = models.RoleGrant.objects.get(staff__number="055")
        assert grant.until is None
        client.post(url("accounts:role_end", "055", grant.pk))
        grant.refresh_from_db()
        assert grant.until is not None

    def test_a_taken_number_is_told(self, client, signed_in, ada, fang):
        data = {"name": "赵敏", "number": "017", "username": "zhao", "password": "first-password-1"}
        assert "taken" in signed_in(client, ada).post(url("accounts:people"), data).text

    def test_a_weak_first_password_is_refused(self, client, signed_in, ada):
        data = {"name": "赵敏", "number": "055", "username": "zhao", "password": "12345"}
        signed_in(client, ada).post(url("accounts:people"), data)
        assert not models.Staff.objects.filter(number="055").exists()

    def test_who_left_is_shut_out_at_once_everywhere(self, client, signed_in, ada, fang):
        fangs = signed_in(Client(), fang)
        device = device_of(fang.user)
        signed_in(client, ada).post(url("accounts:dismiss", fang.number))
        assert fangs.get("/staff/").url.startswith("/auth/login/")
        assert device.get("/api/v1/me/").status_code == 401

    def test_nobody_dismisses_themselves(self, client, signed_in, ada):
        page = signed_in(client, ada).post(url("accounts:dismiss", ada.number), follow=True)
        assert "cannot dismiss yourself" in page.text
        ada.refresh_from_db()
        assert ada.left_at is None

    def test_a_role_that_ends_before_it_begins_is_refused(self, client, signed_in, ada, fang):
        data = {"role": "clerk", "since": "2026-01-02T08:00", "until": "2026-01-01T08:00"}
        answer = signed_in(client, ada).post(url("accounts:role_grant", fang.number), data)
        assert answer.status_code == 422

    def test_a_head_may_not(self, client, signed_in, qiang):
        assert signed_in(client, qiang).get(url("accounts:people")).status_code == 403

    def test_an_unknown_number_is_not_found(self, client, signed_in, ada):
        assert signed_in(client, ada).get(url("accounts:person", "404")).status_code == 404


class TestRoster:
    def test_a_head_plans_and_removes(self, client, signed_in, qiang, fang, hall):
        data = {"staff": fang.pk, "hall": hall.pk, "since": "2026-12-01T08:30", "until": "2026-12-01T17:30"}
        signed_in(client, qiang).post(url("accounts:roster"), data)
        duty = models.Duty.objects.get(staff=fang)
        client.post(url("accounts:duty_remove", duty.pk))
        assert not models.Duty.objects.exists()

    def test_a_clash_is_told_in_words(self, client, signed_in, qiang, fang, hall):
        data = {"staff": fang.pk, "hall": hall.pk, "since": "2026-12-01T08:30", "until": "2026-12-01T17:30"}
        signed_in(client, qiang).post(url("accounts:roster"), data)
        assert "on duty at that time already" in client.post(url("accounts:roster"), data).text

    def test_an_absence_names_the_deputy(self, client, signed_in, qiang, fang):
        data = {"away-staff": fang.pk, "away-deputy": qiang.pk, "away-since": "2026-12-01T08:30", "away-until": "2026-12-05T17:30"}
        signed_in(client, qiang).post(url("accounts:absence_record"), data)
        assert models.Absence.objects.get().deputy == qiang

    def test_a_clerk_may_not(self, client, signed_in, fang):
        assert signed_in(client, fang).get(url("accounts:roster")).status_code == 403
