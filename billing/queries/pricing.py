"""Everything a price depends on, in one look: version in force, tiers, limits, allowances, and the position of the year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Account

from .. import tariffs
from ..limits import Bought, Limits, month_after
from ..models import Allowance, PurchaseLimit, TariffVersion, Tier, TopUp
from ..refusals import NoTariff
from ..states import NOT_ON_A_CARD, TopUpStatus

_NOTHING_BOUGHT: dict[str, Any] = {"this_year": 0, "this_free": 0, "last_year": 0, "last_free": 0, "month": 0, "waiting": None}


@dataclass(frozen=True, kw_only=True)
class Pricing:
    """What an account's price depends on, on one day.

    ``tiers`` are as widened for the household; ``position_litres`` is what they have counted this tier year;
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
    """One statement, so that all of it is seen at one moment. Raises NoTariff."""
    rows = list(_tiers_in_force(account, day))
    if not rows:
        raise NoTariff(account.get_price_class_display())
    first: Any = rows[0]
    version, sums = first.version, first.sums or _NOTHING_BOUGHT
    year = tariffs.tier_year(day, starts_month=version.year_starts_month, starts_day=version.year_starts_day)
    began, ends = (tariffs.year_start(y, version.year_starts_month, version.year_starts_day) for y in (year, year + 1))
    which = "this" if year == day.year else "last"
    litres, free = sums[f"{which}_year"], sums[f"{which}_free"]
    persons = first.household["persons"] if first.household else None
    extra_persons = max(0, (persons or 0) - version.base_persons)
    return Pricing(
        version=version,
        tiers=tariffs.widen([step_of(row) for row in rows], extra_persons),
        day=day,
        tier_year=year,
        year_began=began,
        next_year=ends,
        position_litres=litres - free,
        free_left=_free_left(first.relief, free, began, day),
        persons=persons,
        extra_persons=extra_persons,
        allowance_until=date.fromisoformat(first.household["until"]) if first.household else None,
        limits=Limits(**(first.limit or {}), meter=cap_litres),
        bought=Bought(month=sums["month"], year=litres, next_month=month_after(day), next_year=ends),
        waiting=sums["waiting"],
    )


def version_in_force(price_class: str, day: date) -> QuerySet[TariffVersion]:
    """The one version whose prices hold on a day."""
    return TariffVersion.objects.filter(tariff__price_class=price_class, effective_from__lte=day).order_by("-effective_from")[:1]


def step_of(tier: Tier) -> tariffs.Step:
    """The row as the pure rules know it."""
    return tariffs.Step(tier.number, tier.upper_litres, tier.unit_price, tier.extra_person_litres)


def _tiers_in_force(account: Account, day: date) -> QuerySet[Tier]:
    limit = PurchaseLimit.objects.filter(price_class=account.price_class)
    valid = Allowance.objects.filter(account=account, valid_from__lte=day, valid_until__gte=day, ended_at__isnull=True)
    household = valid.filter(kind=Allowance.Kind.EXTRA_PERSONS).order_by("-persons", "pk")
    relief = valid.filter(kind=Allowance.Kind.FREE_VOLUME).order_by("-litres_per_month", "pk")
    return (
        Tier.objects.filter(version__in=Subquery(version_in_force(account.price_class, day).values("pk")))
        .select_related("version__tariff")
        .order_by("number")
        .annotate(
            limit=_as_json(limit, order="order_litres", month="month_litres", year="year_litres"),
            household=_as_json(household, persons="persons", until="valid_until"),
            relief=_as_json(relief, litres="litres_per_month", since="valid_from"),
            sums=Subquery(_sums(account, day)),
        )
    )


def _as_json(rows: QuerySet[Any], **names: str) -> Subquery:
    return Subquery(rows.values(json=JSONObject(**names))[:1])


def _sums(account: Account, day: date) -> QuerySet[Any]:
    stands = Q(kind=TopUp.Kind.PURCHASE) & ~Q(status=TopUpStatus.REVERSED)

    def litres(column: str, **period: Any) -> Coalesce:
        return Coalesce(Sum(F(column), filter=stands & Q(**period)), 0)

    return (
        TopUp.objects.filter(account=account)
        .order_by()
        .values("account")
        .annotate(
            json=JSONObject(
                this_year=litres("litres", tier_year=day.year),
                this_free=litres("free_litres", tier_year=day.year),
                last_year=litres("litres", tier_year=day.year - 1),
                last_free=litres("free_litres", tier_year=day.year - 1),
                month=litres("litres", bought_on__gte=day.replace(day=1), bought_on__lt=month_after(day)),
                waiting=Min("reference", filter=Q(status__in=NOT_ON_A_CARD)),
            )
        )
        .values("json")
    )


def _free_left(relief: dict[str, Any] | None, used: int, began: date, day: date) -> int:
    if relief is None:
        return 0
    since = date.fromisoformat(relief["since"])
    right = tariffs.free_entitlement(litres_per_month=relief["litres"], valid_from=since, year_began=began, today=day)
    return max(0, right - used)
