"""Everything a price depends on, in one look: version in force, tiers, limits, allowances, and the position of the year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Account

from .. import tariffs
from ..limits import Bought, Limits, month_after
from ..models import Tariff, TariffVersion, Tier
from ..refusals import NoTariff
from ..states import NOT_ON_A_CARD
from .billed import NOTHING_BILLED, billed_in


@dataclass(frozen=True, kw_only=True)
class Pricing:
    """What an account's price depends on, on one day.

    ``tiers`` are as widened for the household; ``position_litres`` is what they have counted this tier year, what was billed included;
    ``free_left`` the free volume still open; ``waiting`` the reference of a paid order that is not on the card yet.
    """

    version: TariffVersion
    tiers: tuple[tariffs.Step, ...]
    day: date
    tier_year: int
    year_began: date
    next_year: date
    position_litres: int
    free_left: int
    persons: int | None
    extra_persons: int
    allowance_until: date | None
    limits: Limits
    bought: Bought
    waiting: str | None


def pricing(account: Account, day: date, *, cap_litres: int | None = None) -> Pricing:
    """One statement, so that all of it is seen at one moment; another for who had bills before, which change no more. Raises NoTariff."""
    rows = _tiers_in_force(account, day)
    if not rows:
        raise NoTariff(account.get_price_class_display())
    version = rows[0]
    year = tariffs.tier_year(day, starts_month=version.year_starts_month, starts_day=version.year_starts_day)
    began, ends = (tariffs.year_start(y, version.year_starts_month, version.year_starts_day) for y in (year, year + 1))
    which = "this" if year == day.year else "last"
    litres, free = getattr(version, f"{which}_year"), getattr(version, f"{which}_free")
    billed = billed_in(account.pk, year) if version.has_bills else NOTHING_BILLED
    extra_persons = max(0, (version.persons or 0) - version.base_persons)
    return Pricing(
        version=version,
        tiers=tariffs.widen([_step(row) for row in rows], extra_persons),
        day=day,
        tier_year=year,
        year_began=began,
        next_year=ends,
        position_litres=litres - free + billed.priced,
        free_left=_free_left(version, free + billed.free, began, day),
        persons=version.persons,
        extra_persons=extra_persons,
        allowance_until=_date(version.persons_until) if version.persons_until else None,
        limits=Limits(order=version.order_litres, month=version.month_litres, year=version.year_litres, meter=cap_litres),
        bought=Bought(month=version.bought_this_month, year=litres, next_month=month_after(day), next_year=ends),
        waiting=version.waiting,
    )


def step_of(tier: Tier) -> tariffs.Step:
    """The row as the pure rules know it."""
    return tariffs.Step(tier.number, tier.upper_litres, tier.unit_price, tier.extra_person_litres)


# In SQL and not through the ORM, which took five milliseconds of every sale to put it into words. One row for each tier;
# all else is the same in each. The columns of a version come first: ``raw`` makes one of them.
_WAITING = ", ".join(f"'{status}'" for status in NOT_ON_A_CARD)
_SQL = f"""
SELECT version.*, tariff.name AS tariff_name,
       tier.number AS tier_number, tier.upper_litres, tier.unit_price, tier.extra_person_litres,
       household.persons, household.valid_until AS persons_until,
       relief.litres_per_month AS relief_litres, relief.valid_from AS relief_since,
       bounds.order_litres, bounds.month_litres, bounds.year_litres, sums.*,
       EXISTS (SELECT 1 FROM billing_bill WHERE account_id = %(account)s AND status <> 'withdrawn') AS has_bills
FROM billing_tariff AS tariff
JOIN billing_tariffversion AS version ON version.tariff_id = tariff.id
JOIN billing_tier AS tier ON tier.version_id = version.id
LEFT JOIN billing_purchaselimit AS bounds ON bounds.price_class = tariff.price_class
LEFT JOIN (
    SELECT persons, valid_until FROM billing_allowance
    WHERE account_id = %(account)s AND kind = 'extra_persons' AND ended_at IS NULL
      AND valid_from <= %(day)s AND valid_until >= %(day)s
    ORDER BY persons DESC, id LIMIT 1
) AS household ON 1 = 1
LEFT JOIN (
    SELECT litres_per_month, valid_from FROM billing_allowance
    WHERE account_id = %(account)s AND kind = 'free_volume' AND ended_at IS NULL
      AND valid_from <= %(day)s AND valid_until >= %(day)s
    ORDER BY litres_per_month DESC, id LIMIT 1
) AS relief ON 1 = 1
CROSS JOIN (
    SELECT CAST(COALESCE(SUM(litres) FILTER (WHERE stands AND tier_year = %(year)s), 0) AS bigint) AS this_year,
           CAST(COALESCE(SUM(free_litres) FILTER (WHERE stands AND tier_year = %(year)s), 0) AS bigint) AS this_free,
           CAST(COALESCE(SUM(litres) FILTER (WHERE stands AND tier_year = %(year)s - 1), 0) AS bigint) AS last_year,
           CAST(COALESCE(SUM(free_litres) FILTER (WHERE stands AND tier_year = %(year)s - 1), 0) AS bigint) AS last_free,
           CAST(COALESCE(SUM(litres) FILTER (WHERE stands AND bought_on >= %(month)s AND bought_on < %(next_month)s), 0) AS bigint)
               AS bought_this_month,
           MIN(reference) FILTER (WHERE status IN ({_WAITING})) AS waiting
    FROM (
        SELECT litres, free_litres, tier_year, bought_on, reference, status, kind = 'purchase' AND status <> 'reversed' AS stands
        FROM billing_topup WHERE account_id = %(account)s
    ) AS bought
) AS sums
WHERE tariff.price_class = %(price_class)s AND version.effective_from = (
    SELECT MAX(effective_from) FROM billing_tariffversion WHERE tariff_id = tariff.id AND effective_from <= %(day)s
)
ORDER BY tier.number
"""  # noqa: S608 - words of our own


def _tiers_in_force(account: Account, day: date) -> list[Any]:
    facts = {
        "account": account.pk,
        "price_class": account.price_class,
        "day": day,
        "year": day.year,
        "month": day.replace(day=1),
        "next_month": month_after(day),
    }
    rows: list[Any] = list(TariffVersion.objects.raw(_SQL, facts))
    for row in rows[:1]:
        row.tariff = Tariff(pk=row.tariff_id, price_class=account.price_class, name=row.tariff_name)
    return rows


def _date(value: date | str) -> date:
    """SQLite has no dates: what is not a column of the model comes as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _step(row: Any) -> tariffs.Step:
    return tariffs.Step(row.tier_number, row.upper_litres, row.unit_price, row.extra_person_litres)


def _free_left(row: Any, used: int, began: date, day: date) -> int:
    if row.relief_litres is None:
        return 0
    since = _date(row.relief_since)
    right = tariffs.free_entitlement(litres_per_month=row.relief_litres, valid_from=since, year_began=began, today=day)
    return max(0, right - used)
