"""What the queue runs for time."""

from datetime import datetime

from django.tasks import task

from accounts.clock import business_now

from . import operations
from .operations import years


@task
def run_job(name: str, due: str) -> None:
    """One run of a periodic job; ``due`` is the moment it fell due, in ISO form."""
    operations.run_job(name=name, due=datetime.fromisoformat(due), at=business_now())


@task
def watch_years() -> None:
    """See that next year's holidays are known in time."""
    years.watch_years(at=business_now())
