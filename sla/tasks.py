"""What the queue runs for time."""

from datetime import datetime

from django.tasks import task

from accounts.clock import business_now

from . import operations
from .operations import compensation, duties, escalations, paces, scores, years


@task
def run_job(name: str, due: str) -> None:
    """One run of a periodic job; ``due`` is the moment it fell due, in ISO form."""
    operations.run_job(name=name, due=datetime.fromisoformat(due), at=business_now())


@task
def watch_years() -> None:
    """See that next year's holidays are known in time."""
    years.watch_years(at=business_now())


@task
def open_duties() -> None:
    """Open the turns of recurring duties that have begun, and end those nobody is owed any more."""
    at = business_now()
    duties.close_ended(at=at)
    duties.open_turns(at=at)


@task
def settle_compensation() -> None:
    """Decide what broken promises cost while their clocks run, and have due compensations credited."""
    at = business_now()
    compensation.decide_open(at=at)
    compensation.demand(at=at)


@task
def score_today() -> None:
    """Add up what ended today and yesterday, say what the coming hours look like, and let go of alarms that nobody needs any more."""
    at = business_now()
    scores.score_days(days=2, at=at)
    paces.pace_hours(days=2, at=at)
    paces.foretell(at=at)
    escalations.forget_ended(at=at)


@task
def score_month() -> None:
    """Add up the last five weeks anew: late records, reasons and compensation have changed them."""
    at = business_now()
    scores.score_days(days=35, at=at)
    paces.pace_hours(days=35, at=at)
