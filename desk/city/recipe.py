"""What a city is made from. Everything else follows: the same recipe gives the same rows, but for keys and passwords."""

import random
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Recipe:
    """How many accounts, from which seed, and the day on which the demo begins (purchases lie before it)."""

    accounts: int
    seed: int
    start: date
    years: int = 1

    @property
    def first_day(self) -> date:
        """The first day of which purchases are carried over."""
        return self.start - timedelta(days=365 * self.years)

    @property
    def days(self) -> int:
        """Length of the window of purchases."""
        return (self.start - self.first_day).days

    def stream(self, *purpose: object) -> random.Random:
        """Random numbers for one purpose, independent of all others and of the order in which they are asked for."""
        return random.Random("/".join(map(str, (self.seed, *purpose))))  # noqa: S311 - a demo city, not a key
