"""What the queue runs for follow-ups."""

from datetime import timedelta

from django.conf import settings
from django.tasks import task

from accounts.clock import business_now

from .operations import calling, naming, samples


@task
def hand_over() -> None:
    """Give the hotline the call backs that nobody tried."""
    calling.hand_over_untried(at=business_now())


@task
def leave_nobody_alone() -> None:
    """Name somebody for matters of VIPs and key accounts whose named person has left, or that had none."""
    naming.leave_nobody_alone(at=business_now())


@task
def draw_samples() -> None:
    """Draw who is asked, as soon as the turn of a sampling promise has begun."""
    samples.draw_samples(at=business_now())


@task
def forget_words() -> None:
    """Blank what was said in samples when its time is over, as with calls."""
    at = business_now()
    samples.forget_words(before=at - timedelta(days=settings.CALLS_KEPT_DAYS))
