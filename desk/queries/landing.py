"""What the public front page tells: where the halls are, when they are open, and what gas costs today."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.clock import business_date
from accounts.models import Hall
from accounts.queries.halls import places
from billing.models import Tariff, TariffVersion

from .. import opening_hours


@dataclass(frozen=True)
class OpenHall:
    """A hall with its week in words."""

    hall: Hall
    week: list[opening_hours.Line]


@dataclass(frozen=True)
class Price:
    """A tariff with the version in force."""

    tariff: Tariff
    version: TariffVersion


def landing(at: datetime) -> dict[str, object]:
    """Halls and prices; a constant number of queries."""
    return {"halls": _halls(), "prices": _prices(business_date(at))}


def _halls() -> list[OpenHall]:
    return [OpenHall(hall, opening_hours.week(hall.hours.all())) for hall in places().order_by("code").prefetch_related("hours")]


def _prices(today: date) -> list[Price]:
    in_force: dict[int, TariffVersion] = {}
    versions = TariffVersion.objects.filter(effective_from__lte=today).order_by("effective_from")
    for version in versions.select_related("tariff").prefetch_related("tiers"):
        in_force[version.tariff_id] = version
    return [Price(version.tariff, version) for _, version in sorted(in_force.items())]
