"""What a purchase would cost now, and why."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Account
from billing.models import Allowance, PurchaseLimit, TopUp
from billing.queries import quote
from billing.refusals import AccountClosed, AccountFrozen, NoPrepaidMeter, NoTariff, NothingToBuy, OverLimit, OverMeterCap
from billing.states import TopUpStatus
from tests.factories.billing import AllowanceFactory, TariffVersionFactory, TopUpFactory


def lines(found):
    return [(line.tier, line.litres) for line in found.lines]


class TestPosition:
    def test_a_new_year_of_tiers_begins_at_nothing(self, account, now):
        assert quote(account=account, at=now, litres=500_000).position_litres == 0

    def test_purchases_of_the_year_move_it(self, account, now):
        TopUpFactory(account=account, litres=390_000)
        assert lines(quote(account=account, at=now, litres=20_000)) == [(1, 10_000), (2, 10_000)]

    def test_last_years_purchases_do_not(self, account, now):
        TopUpFactory(account=account, litres=390_000, tier_year=2025, bought_on=date(2025, 12, 31))
        assert quote(account=account, at=now, litres=20_000).position_litres == 0

    def test_what_was_taken_back_does_not(self, account, now):
        TopUpFactory(account=account, litres=390_000, status=TopUpStatus.REVERSED)
        assert quote(account=account, at=now, litres=20_000).position_litres == 0

    @pytest.mark.parametrize("kind", [TopUp.Kind.GIFT, TopUp.Kind.LOST_GAS, TopUp.Kind.METER_CHANGE])
    def test_credit_without_money_does_not(self, account, now, kind):
        TopUpFactory(account=account, litres=390_000, kind=kind)
        assert quote(account=account, at=now, litres=20_000).position_litres == 0

    def test_free_volume_does_not(self, account, now):
        TopUpFactory(account=account, litres=100_000, free_litres=40_000)
        assert quote(account=account, at=now, litres=20_000).position_litres == 60_000

    def test_the_neighbours_purchases_do_not(self, account, neighbour, now):
        TopUpFactory(account=neighbour, litres=390_000)
        assert quote(account=account, at=now, litres=20_000).position_litres == 0

    def test_the_year_ends_at_midnight_in_the_operators_time_zone(self, account):
        TopUpFactory(account=account, litres=390_000)
        last_minute = datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)
        assert quote(account=account, at=last_minute, litres=1_000).position_litres == 390_000
        assert quote(account=account, at=last_minute + timedelta(seconds=1), litres=1_000).position_litres == 0


class TestVersions:
    def test_the_price_of_the_day_counts(self, account, tariff, now):
        TariffVersionFactory(tariff=tariff.tariff, number=2, effective_from=date(2026, 11, 21), tiers=[(None, 0, 40_000)])
        assert quote(account=account, at=now, litres=1_000).amount == 275
        assert quote(account=account, at=now + timedelta(days=1), litres=1_000).amount == 400

    def test_a_change_within_the_year_keeps_the_position_and_says_so(self, account, tariff, now):
        TopUpFactory(account=account, litres=390_000)
        TariffVersionFactory(
            tariff=tariff.tariff, number=2, effective_from=date(2026, 11, 1), tiers=[(400_000, 0, 30_000), (None, 0, 40_000)]
        )
        found = quote(account=account, at=now, litres=20_000)
        assert lines(found) == [(1, 10_000), (2, 10_000)]
        assert found.explanation.changed_within_year

    def test_a_year_may_begin_in_august(self, account, tariff, now):
        tariff.year_starts_month = 8
        tariff.save()
        found = quote(account=account, at=datetime(2027, 3, 1, tzinfo=UTC), litres=1_000)
        assert (found.tier_year, found.explanation.next_year) == (2026, date(2027, 8, 1))

    def test_a_year_that_began_last_year_counts_its_purchases(self, account, tariff, now):
        tariff.year_starts_month = 12
        tariff.save()
        TopUpFactory(account=account, litres=390_000, tier_year=2025, bought_on=date(2026, 2, 1))
        assert quote(account=account, at=now, litres=1_000).position_litres == 390_000


class TestAllowances:
    def test_a_larger_household_gets_wider_tiers(self, account, now):
        AllowanceFactory(account=account, persons=6)
        found = quote(account=account, at=now, litres=700_000)
        assert lines(found) == [(1, 600_000), (2, 100_000)]
        assert (found.explanation.persons, found.explanation.extra_persons) == (6, 2)

    def test_a_household_within_the_tariff_gets_none(self, account, now):
        AllowanceFactory(account=account, persons=4)
        assert lines(quote(account=account, at=now, litres=500_000))[0] == (1, 400_000)

    @pytest.mark.parametrize(
        "changes",
        [{"valid_until": date(2026, 11, 19)}, {"valid_from": date(2026, 11, 21)}, {"ended_at": datetime(2026, 11, 1, tzinfo=UTC)}],
    )
    def test_only_while_it_is_valid(self, account, now, changes):
        AllowanceFactory(account=account, persons=6, **changes)
        assert quote(account=account, at=now, litres=1_000).explanation.extra_persons == 0

    def test_free_volume_comes_first(self, account, now):
        AllowanceFactory(account=account, kind=Allowance.Kind.FREE_VOLUME, persons=None, litres_per_month=4_000)
        found = quote(account=account, at=now, litres=50_000)
        assert (found.free_litres, lines(found)) == (44_000, [(0, 44_000), (1, 6_000)])

    def test_free_volume_taken_is_gone(self, account, now):
        AllowanceFactory(account=account, kind=Allowance.Kind.FREE_VOLUME, persons=None, litres_per_month=4_000)
        TopUpFactory(account=account, litres=43_000, free_litres=43_000, amount=0)
        assert quote(account=account, at=now, litres=50_000).free_litres == 1_000


class TestRefusals:
    def test_a_frozen_account_says_why(self, account, now):
        Account.objects.update(status="frozen", frozen_reason="debt")
        account.refresh_from_db()
        with pytest.raises(AccountFrozen, match="debt"):
            quote(account=account, at=now, litres=1_000)

    def test_a_closed_account_buys_nothing(self, account, now):
        Account.objects.update(status="closed", closed_at=now)
        account.refresh_from_db()
        with pytest.raises(AccountClosed):
            quote(account=account, at=now, litres=1_000)

    @pytest.mark.parametrize("change", [{"kind": "mechanical"}, {"removed_at": datetime(2026, 1, 1, tzinfo=UTC)}])
    def test_gas_for_a_meter_that_is_billed_is_not_bought(self, account, now, change):
        account.meters.update(**change)
        with pytest.raises(NoPrepaidMeter):
            quote(account=account, at=now, litres=1_000)

    def test_a_connected_meter_costs_what_a_card_meter_costs(self, account, now):
        on_card = quote(account=account, at=now, litres=1_000)
        account.meters.update(kind="iot")
        assert quote(account=account, at=now, litres=1_000).fingerprint == on_card.fingerprint

    def test_a_class_without_a_price_buys_nothing(self, account, now):
        Account.objects.update(price_class="industrial")
        account.refresh_from_db()
        with pytest.raises(NoTariff, match="industrial"):
            quote(account=account, at=now, litres=1_000)

    def test_a_price_not_yet_in_force_is_none(self, account):
        with pytest.raises(NoTariff):
            quote(account=account, at=datetime(2023, 12, 31, tzinfo=UTC), litres=1_000)

    def test_too_little_money_buys_nothing(self, account, now):
        with pytest.raises(NothingToBuy):
            quote(account=account, at=now, amount=2)

    def test_the_meters_cap_counts(self, account, now):
        account.meters.update(cap_litres=50_000)
        with pytest.raises(OverMeterCap, match="50"):
            quote(account=account, at=now, litres=50_001)

    @pytest.mark.parametrize(
        ("limit", "which", "frees_on"),
        [
            ({"order_litres": 20_000}, "order", None),
            ({"month_litres": 50_000}, "month", date(2026, 12, 1)),
            ({"year_litres": 50_000}, "year", date(2027, 1, 1)),
        ],
    )
    def test_a_limit_says_which_it_is_and_when_more_can_be_bought(self, account, now, limit, which, frees_on):
        PurchaseLimit.objects.create(price_class="resident", **limit)
        TopUpFactory(account=account, litres=30_000)
        with pytest.raises(OverLimit) as refusal:
            quote(account=account, at=now, litres=20_001)
        assert (refusal.value.which, refusal.value.frees_on) == (which, frees_on)
        assert quote(account=account, at=now, litres=20_000).litres == 20_000

    def test_last_months_purchases_leave_this_months_limit_alone(self, account, now):
        PurchaseLimit.objects.create(price_class="resident", month_litres=50_000)
        TopUpFactory(account=account, litres=50_000, bought_on=date(2026, 10, 31))
        assert quote(account=account, at=now, litres=50_000).litres == 50_000


class TestFingerprint:
    def test_stays_while_nothing_changes(self, account, now):
        prints = {quote(account=account, at=now + timedelta(hours=hours), litres=1_000).fingerprint for hours in range(3)}
        assert len(prints) == 1

    def test_changes_with_everything_the_price_hangs_on(self, account, tariff, now):
        prints = [quote(account=account, at=now, litres=1_000).fingerprint, quote(account=account, at=now, litres=1_001).fingerprint]
        TopUpFactory(account=account, litres=1_000)
        prints.append(quote(account=account, at=now, litres=1_000).fingerprint)
        AllowanceFactory(account=account, persons=6)
        prints.append(quote(account=account, at=now, litres=1_000).fingerprint)
        prints.append(quote(account=account, at=now + timedelta(days=60), litres=1_000).fingerprint)
        TariffVersionFactory(tariff=tariff.tariff, number=2, effective_from=date(2026, 11, 20))
        prints.append(quote(account=account, at=now, litres=1_000).fingerprint)
        assert len(set(prints)) == 6


def test_a_quote_takes_two_statements(account, now, django_assert_num_queries):
    fresh = Account.objects.get(pk=account.pk)
    with django_assert_num_queries(2):
        quote(account=fresh, at=now, litres=1_000)


def test_the_explanation_places_the_purchase_in_the_year(account, now):
    TopUpFactory(account=account, litres=390_000)
    why = quote(account=account, at=now, litres=20_000).explanation
    assert (why.position_before, why.position_after, why.tier_before, why.tier_after) == (390_000, 410_000, 1, 2)
    assert why.left_in_tier == 590_000
    assert not why.changed_within_year
