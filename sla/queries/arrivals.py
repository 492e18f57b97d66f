"""How fast somebody was on site today: every arrival as a dot on a line of sixty minutes."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from ..models import Clock
from .board import Looking
from .policies import policies_at

#: Arrivals shown, and the end of the line.
MOST, LINE = 300, timedelta(hours=1)


@dataclass(frozen=True)
class Dot:
    """One arrival: minutes (whole, at most the line's) it took, how many lie under it, whether it was in time."""

    minutes: int
    level: int
    in_time: bool

    @property
    def place(self) -> tuple[int, int]:
        """On a drawing of 640 by 80: ten to a minute from 20 on, stacked upwards from 56 as far as there is room."""
        return 20 + self.minutes * 10, 56 - min(self.level, 5) * 9


@dataclass(frozen=True)
class Arrivals:
    """Today's, the latest first counted; ``half`` of them took at most so many minutes."""

    dots: tuple[Dot, ...]
    in_time: int
    half: int


def arrivals_today(looking: Looking, *, at: datetime) -> Arrivals:
    """Of ended clocks that promise somebody on site (kind "arrival"), since local midnight; one statement."""
    keys = [policy.key for policy in policies_at(at).policies() if policy.kind == "arrival"]
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    ended = Clock.objects.filter(promise__in=keys, status=Clock.Status.STOPPED, stopped_at__gte=midnight, stopped_at__lte=at)
    if looking.hall is not None:
        ended = ended.filter(hall=looking.hall)
    rows = list(ended.order_by("-stopped_at").values_list("started_at", "stopped_at", "due_at")[:MOST])
    took = sorted((stopped - began, due is None or stopped <= due) for began, stopped, due in rows if stopped)
    under: Counter[int] = Counter()
    dots = []
    for length, in_time in took:
        minutes = int(min(length, LINE) / timedelta(minutes=1))
        dots.append(Dot(minutes, under[minutes], in_time))
        under[minutes] += 1
    half = int(took[(len(took) - 1) // 2][0] / timedelta(minutes=1)) if took else 0
    return Arrivals(tuple(dots), sum(in_time for _length, in_time in took), half)
