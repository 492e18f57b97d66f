"""From when until when: the periods of roles, duties and absences."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _


class BadPeriod(Exception):
    """A period ends before it begins, or two that exclude each other overlap."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or _("The end must lie after the beginning."))


@dataclass(frozen=True)
class Period:
    """From a moment until before another; no end: until taken back."""

    since: datetime
    until: datetime | None = None


def check_order(since: datetime, until: datetime | None) -> None:
    """Raises BadPeriod when the end does not lie after the beginning."""
    if until is not None and until <= since:
        raise BadPeriod
