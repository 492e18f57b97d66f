"""One month of the open service score, composed from every room. Read by a periodic job and never by a page."""

from datetime import date, datetime, timedelta

from accounts.clock import business_midnight
from sla.queries.tallies import tallies
from sla.tallies import Tally

from ..score_figures import Figure
from .score_promises import promise_figures
from .score_supply import compensation_figures, interruption_figures
from .score_voices import complaint_figures, follow_up_figures, opened_cases, sample_figures, telephone_figures

#: The promise to answer a complaint within a day.
_COMPLAINT_ANSWERED = "T15"


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def figures_of(month: date, *, at: datetime) -> list[Figure]:
    """Every number of a month (its first day) as known at ``at``, in the order in which it is shown."""
    first, after = month.replace(day=1), month_after(month)
    since, until = business_midnight(first), min(business_midnight(after), at)
    span = {"since": since, "until": until}
    promises = tallies(**span, at=at)
    return [
        *promise_figures(promises),
        opened_cases(**span),
        *complaint_figures(**span, answered=promises.get(_COMPLAINT_ANSWERED, Tally())),
        *telephone_figures(first=first, last=after - timedelta(days=1)),
        *follow_up_figures(**span),
        *sample_figures(**span),
        *interruption_figures(**span),
        *compensation_figures(**span),
    ]
