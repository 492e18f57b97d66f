"""What the queue runs for complaints, letters to the reception and applications for services."""

from django.tasks import task

from accounts.clock import business_now

from .operations import reception_closing


@task
def close_settled() -> None:
    """Close letters whose answer, and services whose end, was heard in silence."""
    reception_closing.close_settled(at=business_now())
