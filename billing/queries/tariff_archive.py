"""The price list and all price lists before it, for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .. import tariffs
from ..models import Tariff, TariffVersion, Tier
from ..tariff_changes import Change, Step, Terms, changes

#: The household of the example calculation: so much in a year.
EXAMPLE_LITRES = 500_000


@dataclass(frozen=True)
class PublishedTier:
    """A tier with the bound it begins at."""

    number: int
    from_litres: int
    upper_litres: int | None
    unit_price: int
    extra_person_litres: int


@dataclass(frozen=True)
class PublishedVersion:
    """A version with its tiers and what an example household pays in a year under it."""

    version: TariffVersion
    tiers: tuple[PublishedTier, ...]
    example: Sequence[tariffs.Line]
    example_amount: int
    example_litres: int
    is_in_force: bool
    is_future: bool
    #: The last day it holds or held; None where no version follows.
    until: date | None = None
    #: What it changed against the version before it; None for the first.
    changed: Sequence[Change] | None = None


@dataclass(frozen=True)
class PublishedTariff:
    """One price class: the version in force, those to come, those of the past."""

    tariff: Tariff
    versions: tuple[PublishedVersion, ...]

    @property
    def past(self) -> tuple[PublishedVersion, ...]:
        """Those that held before, the newest first."""
        return tuple(one for one in self.versions if not one.is_in_force and not one.is_future)


def tariff_archive(today: date) -> list[PublishedTariff]:
    """Every tariff with every version, newest first; three queries."""
    found = Tariff.objects.order_by("pk").prefetch_related("versions__tiers")
    return [PublishedTariff(tariff, _published(tariff, today)) for tariff in found]


def _published(tariff: Tariff, today: date) -> tuple[PublishedVersion, ...]:
    versions = sorted(tariff.versions.all(), key=lambda version: version.effective_from, reverse=True)
    current = next((version.pk for version in versions if version.effective_from <= today), None)
    newer, older = [None, *versions[:-1]], [*versions[1:], None]
    return tuple(
        replace(
            _version(version, current, today),
            until=after.effective_from - timedelta(days=1) if after else None,
            changed=changes(_terms(before), _terms(version)) if before else None,
        )
        for version, after, before in zip(versions, newer, older, strict=True)
    )


def _terms(version: TariffVersion) -> Terms:
    rows = sorted(version.tiers.all(), key=lambda tier: tier.number)
    steps = [Step(tier.upper_litres, tier.unit_price, tier.extra_person_litres) for tier in rows]
    return Terms(steps, version.base_persons, (version.year_starts_month, version.year_starts_day))


def _version(version: TariffVersion, current: int | None, today: date) -> PublishedVersion:
    rows = sorted(version.tiers.all(), key=lambda tier: tier.number)
    steps = [tariffs.Step(tier.number, tier.upper_litres, tier.unit_price, tier.extra_person_litres) for tier in rows]
    example = tariffs.split(steps, position=0, litres=EXAMPLE_LITRES)
    return PublishedVersion(
        version=version,
        tiers=_bounded(rows),
        example=example,
        example_amount=tariffs.total(example),
        example_litres=EXAMPLE_LITRES,
        is_in_force=version.pk == current,
        is_future=version.effective_from > today,
    )


def _bounded(rows: Sequence[Tier]) -> tuple[PublishedTier, ...]:
    bounds = [0, *(tier.upper_litres or 0 for tier in rows)]
    return tuple(
        PublishedTier(tier.number, lower, tier.upper_litres, tier.unit_price, tier.extra_person_litres)
        for lower, tier in zip(bounds, rows, strict=False)
    )
