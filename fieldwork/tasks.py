"""What the queue runs for visits."""

from django.tasks import task

from accounts.clock import business_now

from .operations import dispatching


@task
def lapse_offers() -> None:
    """A crew that has not answered in time loses the visit to the next one."""
    dispatching.lapse_offers(at=business_now())
