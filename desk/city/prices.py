"""The example tariffs as the purchases of the past need them: which version was in force, and its steps."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from billing.models import TariffVersion
from billing.tariffs import Step, widen


@dataclass(frozen=True)
class Price:
    """One version of one class's tariff."""

    version_id: int
    number: int
    effective_from: date
    tariff: str
    decision: str
    steps: tuple[Step, ...]

    @cache  # noqa: B019 - lives as long as the build
    def steps_for(self, extra_persons: int) -> tuple[Step, ...]:
        """Wider for a larger household."""
        return widen(self.steps, extra_persons)


class PriceList:
    """All versions, by class."""

    def __init__(self) -> None:
        self._of: dict[str, list[Price]] = {}
        versions = TariffVersion.objects.select_related("tariff").prefetch_related("tiers").order_by("-effective_from")
        for version in versions:
            steps = tuple(
                Step(tier.number, tier.upper_litres, tier.unit_price, tier.extra_person_litres) for tier in version.tiers.order_by("number")
            )
            price = Price(version.pk, version.number, version.effective_from, version.tariff.name, version.decision, steps)
            self._of.setdefault(version.tariff.price_class, []).append(price)

    def on(self, price_class: str, day: date) -> Price:
        """The version in force on a day."""
        return next(price for price in self._of[price_class] if price.effective_from <= day)
