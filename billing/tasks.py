"""What the queue runs for money and machines."""

from django.tasks import task

from accounts.clock import business_now

from .operations import kiosks


@task
def watch_kiosks() -> None:
    """Kiosks that have gone silent are shown so, and their keepers hear it."""
    kiosks.watch_kiosks(at=business_now())
