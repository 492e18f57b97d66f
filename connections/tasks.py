"""What the queue runs for applications for gas."""

from django.tasks import task

from accounts.clock import business_now

from .operations import leaving


@task
def leave_nobody_waiting() -> None:
    """Hand over what stewards left behind who are gone, and find one for what has none."""
    leaving.leave_nobody_waiting(at=business_now())
