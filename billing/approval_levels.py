"""Who must approve that money goes back: the rule itself, a second person, or somebody who answers for more than one hall."""

from collections.abc import Collection
from enum import StrEnum


class Level(StrEnum):
    """From low to high."""

    RULE = "rule"
    SECOND = "second"
    COMPANY = "company"


def level_of(amount: int, reason: str, *, second_from: int, company_from: int, always_asked: Collection[str]) -> Level:
    """The level for an amount (minor units) and the code of a reason.

    Below ``second_from`` the rule approves, unless the reason is one of ``always_asked``: there a person has to have looked.
    """
    if amount >= company_from:
        return Level.COMPANY
    return Level.SECOND if amount >= second_from or reason in always_asked else Level.RULE
