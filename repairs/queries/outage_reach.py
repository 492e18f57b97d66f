"""Whom an interruption touches: everybody supplied below its places. Counted by the database, never loaded to be counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import Account, Customer, Segment, Territory
from accounts.queries.places import below, outermost

from ..models import Outage
from ..states import OutageStatus

__all__ = ["PRIORITY", "Reach", "accounts_below", "below", "has_homes", "outages_at", "outermost", "paths_of", "reach_of"]

#: Told first, and rung besides: the register of vulnerable customers, and the segments that cannot do without.
PRIORITY = Q(customer__is_vulnerable=True) | Q(customer__segment__in=[Segment.VIP, Segment.KEY_ACCOUNT, Segment.IMPORTANT])
_OVER = (OutageStatus.ENDED, OutageStatus.CANCELLED)


@dataclass(frozen=True)
class Reach:
    """How many customers are touched, how many of those are homes, how many are rung, and the ways in which they want to be told."""

    customers: int
    homes: int
    priority: int
    channels: Mapping[str, int]

    @property
    def ways(self) -> list[tuple[str, int]]:
        """The channels in words, the most wanted first."""
        names = dict(Customer.Channel.choices)
        return sorted(((str(names[channel]), count) for channel, count in self.channels.items()), key=lambda way: -way[1])


def accounts_below(paths: Collection[str]) -> QuerySet[Account]:
    """Every living account supplied below these paths."""
    return Account.objects.filter(premises__territory__in=below(paths)).exclude(status=Account.Status.CLOSED)


def reach_of(paths: Collection[str]) -> Reach:
    """Whom an interruption of these places touches, in two statements."""
    found = accounts_below(paths)
    counted = found.aggregate(
        customers=Count("pk"),
        homes=Count("pk", filter=Q(use_kind=Account.UseKind.RESIDENTIAL)),
        priority=Count("pk", filter=PRIORITY),
    )
    ways = found.order_by().values_list("customer__channel").annotate(count=Count("pk"))
    return Reach(**counted, channels=dict(ways))


def has_homes(outage: Outage) -> bool:
    """Whether anybody lives where the gas is off."""
    return accounts_below(paths_of(outage)).filter(use_kind=Account.UseKind.RESIDENTIAL).exists()


def paths_of(outage: Outage) -> list[str]:
    """The paths of its places."""
    return sorted(place.path for place in outage.territories.all())


def outages_at(places: Collection[Territory]) -> QuerySet[Outage]:
    """Interruptions that are not over and lie at or above any of these places."""
    keys = {int(key) for place in places for key in place.path.strip("/").split("/")}
    return Outage.objects.exclude(status__in=_OVER).filter(territories__in=keys).distinct()
