"""What the public front page tells: what touches people now, what is new, where the halls are, and what gas costs today."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.clock import business_date
from billing.models import Tariff, TariffVersion

from ..site_foot import TASKS
from . import news_stream
from .halls import open_halls

#: Of interruptions, and of what is new; the rest is a click away.
_MOST, _NEWS = 3, 3


@dataclass(frozen=True)
class Price:
    """A tariff with the version in force."""

    tariff: Tariff
    version: TariffVersion


def landing(at: datetime) -> dict[str, object]:
    """Everything of it; a constant number of queries."""
    outages = news_stream.interruptions(at)
    return {
        "tasks": TASKS,
        "outages": outages[:_MOST],
        "more_outages": len(outages) > _MOST,
        "news": news_stream.stream(at=at, most=_NEWS, outages=outages),
        "halls": open_halls(at),
        "prices": prices(business_date(at)),
    }


def prices(today: date) -> list[Price]:
    """What gas costs on a day, by price class."""
    in_force: dict[int, TariffVersion] = {}
    versions = TariffVersion.objects.filter(effective_from__lte=today).order_by("effective_from")
    for version in versions.select_related("tariff").prefetch_related("tiers"):
        in_force[version.tariff_id] = version
    return [Price(version.tariff, version) for _, version in sorted(in_force.items())]
