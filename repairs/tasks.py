"""What the queue runs for repairs and interruptions."""

from django.tasks import task

from accounts.clock import business_now

from .operations import outage_calls


@task
def forget_old_notes() -> None:
    """Blank what was noted in calls of long ago."""
    outage_calls.forget_old_notes(at=business_now())
