"""The customer's own pages: what is bound is seen, what is not does not exist."""

import pytest
from django.urls import reverse

import accounts.queries
from accounts.models import Account, Binding
from tests.factories import accounts as people

PAGES = ["cabinet", "cabinet_purchases", "cabinet_cards", "cabinet_tariff", "cabinet_documents", "cabinet_details"]


def url(name, *args):
    return reverse(f"desk:{name}", args=args)


@pytest.fixture
def payer(account):
    user = people.UserFactory(username="pavel", phone="+8613800138111", is_phone_verified=True)
    people.BindingFactory(user=user, account=account, role=Binding.Role.PAYER)
    people.PhoneFactory(customer=account.customer, number="+8613912345678")
    return user


@pytest.mark.parametrize("name", PAGES)
class TestEveryPage:
    def test_opens_for_the_household(self, client, signed_in, olive, name):
        assert signed_in(client, olive).get(url(name)).status_code == 200

    def test_does_not_break_before_anything_is_bound(self, client, signed_in, db, name):
        newcomer = people.UserFactory(phone="+8613800138222", is_phone_verified=True)
        assert signed_in(client, newcomer).get(url(name), follow=True).status_code == 200

    def test_asks_a_stranger_to_sign_in(self, client, db, name):
        assert client.get(url(name)).url.startswith("/auth/login/")

    def test_sends_staff_to_their_desk(self, client, signed_in, fang, name):
        assert signed_in(client, fang).get(url(name)).url == "/staff/"

    def test_never_shows_a_neighbour(self, client, signed_in, olive, neighbour, name):
        page = signed_in(client, olive).get(url(name))
        assert neighbour.number not in page.text
        assert neighbour.customer.name not in page.text

    def test_shows_a_payer_neither_address_nor_name_nor_phone(self, client, signed_in, payer, account, name):
        page = signed_in(client, payer).get(url(name), follow=True)
        for secret in (account.premises.address, account.customer.name, "139 1234 5678"):
            assert secret not in page.text


class TestChoose:
    def test_another_account_of_ones_own_is_shown(self, client, signed_in, olive, neighbour):
        people.BindingFactory(user=olive, account=neighbour)
        signed_in(client, olive).post(url("cabinet_choose"), {"number": neighbour.number})
        assert neighbour.premises.address in client.get(url("cabinet")).text

    def test_each_is_named_by_where_it_is(self, client, signed_in, olive, account, neighbour):
        people.BindingFactory(user=olive, account=neighbour)
        chooser = signed_in(client, olive).get(url("cabinet")).text.partition("<select")[2].partition("</select>")[0]
        for one in (account, neighbour):
            where = accounts.queries.short_addresses([one.premises])[one.premises_id]
            assert f"{one.number} · {where}" in chooser
            assert where in one.premises.address

    def test_who_only_pays_is_not_told_where(self, client, signed_in, payer, account, neighbour):
        people.BindingFactory(user=payer, account=neighbour)
        chooser = signed_in(client, payer).get(url("cabinet")).text.partition("<select")[2].partition("</select>")[0]
        assert f"{account.number} · payer only" in chooser

    def test_a_strangers_account_does_not_exist(self, client, signed_in, olive, neighbour):
        assert signed_in(client, olive).post(url("cabinet_choose"), {"number": neighbour.number}).status_code == 404


class TestHome:
    def test_ones_own_account_comes_before_one_that_is_only_paid_for(self, client, signed_in, payer, neighbour):
        people.BindingFactory(user=payer, account=neighbour)
        assert signed_in(client, payer).get(url("cabinet")).context["cabinet"].account == neighbour

    def test_it_says_what_the_next_cubic_metre_costs(self, client, signed_in, olive):
        assert "2.75" in signed_in(client, olive).get(url("cabinet")).text

    def test_a_frozen_account_says_why(self, client, signed_in, olive, account):
        account.status, account.frozen_reason = "frozen", "欠费"
        account.save(update_fields=["status", "frozen_reason"])
        assert "欠费" in signed_in(client, olive).get(url("cabinet")).text


class TestDetails:
    def test_language_and_channel_are_kept(self, client, signed_in, olive, account):
        signed_in(client, olive).post(url("cabinet_details"), {"language": "ru", "channel": "email", "email": "o@example.org"})
        account.customer.refresh_from_db()
        assert (account.customer.language, account.customer.channel, account.customer.email) == ("ru", "email", "o@example.org")

    def test_a_name_slipped_in_is_ignored(self, client, signed_in, olive, account):
        signed_in(client, olive).post(url("cabinet_details"), {"language": "ru", "channel": "sms", "email": "", "name": "X"})
        account.customer.refresh_from_db()
        assert account.customer.name == "李娜"

    def test_what_was_typed_stays_when_something_is_wrong(self, client, signed_in, olive):
        page = signed_in(client, olive).post(url("cabinet_details"), {"language": "ru", "channel": "sms", "email": "not-mail"})
        assert "not-mail" in page.text


class TestUnbind:
    def test_the_account_leaves_this_cabinet_only(self, client, signed_in, olive, payer, account):
        signed_in(client, olive).post(url("cabinet_unbind", account.number))
        assert [binding.user for binding in Binding.objects.filter(unbound_at__isnull=True)] == [payer]

    def test_a_strangers_account_does_not_exist(self, client, signed_in, olive, neighbour):
        assert signed_in(client, olive).post(url("cabinet_unbind", neighbour.number)).status_code == 404

    def test_asking_by_link_does_nothing(self, client, signed_in, olive, account):
        assert signed_in(client, olive).get(url("cabinet_unbind", account.number)).status_code == 405


class TestFrozen:
    @pytest.fixture(autouse=True)
    def owing(self, account):
        Account.objects.filter(pk=account.pk).update(status="frozen", frozen_reason="owes for March")

    def test_the_household_reads_why(self, client, signed_in, olive):
        assert "owes for March" in signed_in(client, olive).get(url("cabinet")).text

    def test_who_only_pays_reads_that_it_is(self, client, signed_in, payer):
        page = signed_in(client, payer).get(url("cabinet")).text
        assert "This account is frozen" in page
        assert "owes for March" not in page
