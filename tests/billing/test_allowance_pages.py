"""The pages about allowances: what a household proved, what it changes, granting and ending it."""

from datetime import date

import pytest
from django.urls import reverse

from billing.models import Allowance, Tier
from billing.queries.allowances import allowance_sheet
from tests.factories.billing import AllowanceFactory

SIX = {"kind": "extra_persons", "persons": "６", "proof": "户口簿 0815", "valid_from": "2026-11-01", "valid_until": "2027-10-31"}
FREE = {**SIX, "kind": "free_volume", "persons": "", "volume": "4,5"}


@pytest.fixture
def head(client, signed_in, qiang, time_machine, now):
    time_machine.move_to(now)
    return signed_in(client, qiang)


def page(client, account):
    return client.get(reverse("billing:allowance_list", args=[account.number]))


def grant(client, account, fields=SIX, **changes):
    return client.post(reverse("billing:allowance_grant", args=[account.number]), fields | changes)


class TestTheList:
    def test_says_what_when_by_which_paper_and_by_whom(self, head, account, qiang):
        AllowanceFactory(account=account, granted_by=qiang.user.actor_label)
        said = page(head, account).text
        assert all(part in said for part in ("6 persons", "户口簿", "刘强 (001)", "counts now"))

    def test_keeps_what_is_over_and_what_is_to_come_apart(self, head, account, now):
        past = AllowanceFactory(account=account, valid_until=date(2026, 11, 19))
        ended = AllowanceFactory(account=account, ended_at=now)
        today = AllowanceFactory(account=account, valid_until=date(2026, 11, 20))
        later = AllowanceFactory(account=account, valid_from=date(2026, 11, 21))
        sheet = allowance_sheet(account, at=now)
        assert {(row.allowance, row.counts) for row in sheet.running} == {(today, True), (later, False)}
        assert {row.allowance for row in sheet.over} == {past, ended}

    def test_shows_the_tiers_without_and_with_each_person_more(self, head, account):
        AllowanceFactory(account=account)
        households = page(head, account).context["sheet"].households
        assert [(one.persons, one.bounds) for one in households][:3] == [
            (4, (400_000, 1_000_000)),
            (5, (500_000, 1_250_000)),
            (6, (600_000, 1_500_000)),
        ]
        assert [one.persons for one in households if one.is_present] == [6]
        assert "counts with 6 until" in page(head, account).text

    def test_shows_a_household_larger_than_the_table(self, account, now):
        AllowanceFactory(account=account, persons=12)
        assert [one.persons for one in allowance_sheet(account, at=now).households] == [4, 5, 6, 7, 8, 12]

    def test_says_where_persons_change_nothing(self, head, account):
        Tier.objects.update(extra_person_litres=0)
        assert "the number of persons changes nothing" in page(head, account).text

    def test_shows_what_is_free_now(self, head, account):
        AllowanceFactory(account=account, kind="free_volume", persons=None, litres_per_month=4_000, valid_from=date(2026, 10, 1))
        assert "8\u00a0m³ of it are open now" in page(head, account).text

    def test_works_without_any_price_in_force(self, head, account, tariff):
        tariff.tiers.all().delete()
        tariff.delete()
        assert page(head, account).status_code == 200

    def test_is_linked_from_the_account(self, head, account):
        assert reverse("billing:allowance_list", args=[account.number]) in head.get(reverse("desk:account", args=[account.number])).text

    def test_of_no_account_is_not_there(self, head):
        assert head.get("/staff/accounts/0000000000/allowances/").status_code == 404


class TestSomebodyWhoMayNotGrant:
    def test_sees_the_list_with_grey_buttons_and_the_reason(self, client, signed_in, fang, account, time_machine, now):
        time_machine.move_to(now)
        AllowanceFactory(account=account)
        said = page(signed_in(client, fang), account).text
        assert said.count("Your role does not allow this") == 2
        assert "<form" not in said.partition("<main")[2].partition("</main")[0]

    def test_cannot_do_it_either(self, client, signed_in, fang, account):
        allowance = AllowanceFactory(account=account)
        clerk = signed_in(client, fang)
        assert grant(clerk, account).status_code == 403
        assert clerk.post(reverse("billing:allowance_end", args=[account.number, allowance.pk])).status_code == 403
        assert Allowance.objects.get().ended_at is None


class TestGranting:
    def test_by_persons(self, head, account, qiang):
        assert grant(head, account).url == reverse("billing:allowance_list", args=[account.number])
        found = Allowance.objects.get()
        assert (found.persons, found.litres_per_month, found.proof) == (6, None, "户口簿 0815")
        assert (found.valid_from, found.valid_until, found.granted_by) == (date(2026, 11, 1), date(2027, 10, 31), qiang.user.actor_label)

    def test_by_free_volume(self, head, account):
        grant(head, account, FREE, persons="6")
        found = Allowance.objects.get()
        assert (found.kind, found.persons, found.litres_per_month) == ("free_volume", None, 4_500)

    @pytest.mark.parametrize(
        ("fields", "changes", "field", "words"),
        [
            (SIX, {"persons": ""}, "persons", "Say how many persons"),
            (SIX, {"persons": "0"}, "persons", "greater than or equal to 1"),
            (SIX, {"persons": "many"}, "persons", "whole number"),
            (FREE, {"volume": ""}, "volume", "Say how many persons"),
            (FREE, {"volume": "-4"}, "volume", "above zero"),
            (FREE, {"volume": "4,000"}, "volume", "two ways"),
            (SIX, {"proof": " "}, "proof", "required"),
            (SIX, {"valid_until": "2026-10-31"}, "valid_until", "must not lie before the first"),
            (SIX, {"valid_until": "31 October"}, "valid_until", "valid date"),
            (SIX, {"kind": "charm"}, "kind", "valid choice"),
        ],
    )
    def test_what_makes_no_sense_is_named_beside_its_field(self, head, account, fields, changes, field, words):
        answer = grant(head, account, fields, **changes)
        assert words in " ".join(answer.context["form"].errors[field])
        assert not Allowance.objects.exists()

    def test_a_refusal_keeps_what_was_typed(self, head, account):
        AllowanceFactory(account=account)
        answer = grant(head, account)
        assert "End it first" in answer.text
        assert all(f'value="{typed}"' in answer.text for typed in ("６", "户口簿 0815", "2026-11-01", "2027-10-31"))
        assert Allowance.objects.count() == 1


class TestEnding:
    def test_is_from_now_on_and_once(self, head, account, now):
        allowance = AllowanceFactory(account=account)
        for _ in range(2):
            head.post(reverse("billing:allowance_end", args=[account.number, allowance.pk]))
        allowance.refresh_from_db()
        assert abs((allowance.ended_at - now).total_seconds()) < 60
        assert not allowance_sheet(account, at=now).running

    def test_of_another_accounts_is_not_there(self, head, account, neighbour):
        allowance = AllowanceFactory(account=neighbour)
        answer = head.post(reverse("billing:allowance_end", args=[account.number, allowance.pk]))
        assert (answer.status_code, Allowance.objects.get().ended_at) == (404, None)
