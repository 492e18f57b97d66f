"""What the queue runs for follow-ups."""

from django.tasks import task

from accounts.clock import business_now

from .operations import calling


@task
def hand_over() -> None:
    """Give the hotline the call backs that nobody tried."""
    calling.hand_over_untried(at=business_now())
