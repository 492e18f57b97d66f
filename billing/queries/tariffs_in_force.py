"""The published price list."""

from datetime import date

from ..models import TariffVersion


def tariffs_in_force(day: date) -> list[TariffVersion]:
    """The version of every tariff in force on a day, with its tiers; ordered by price class."""
    begun = TariffVersion.objects.filter(effective_from__lte=day).select_related("tariff").prefetch_related("tiers")
    newest: dict[int, TariffVersion] = {}
    for version in begun.order_by("effective_from"):
        newest[version.tariff_id] = version
    return sorted(newest.values(), key=lambda version: version.tariff.price_class)
