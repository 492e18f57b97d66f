"""What the queue runs for the front office."""

from django.tasks import task

from accounts.clock import business_now

from .models import EarlyCluster
from .operations import call_orders, call_records, calls, hall_forgetting, hall_letters, hall_reception, hotline_lines, rises, scores


@task
def watch_lines() -> None:
    """Notice hotline numbers the exchange says nothing of any more."""
    hotline_lines.watch_lines(at=business_now())


@task
def end_silent_calls() -> None:
    """End calls the exchange began and never ended."""
    calls.end_silent(at=business_now())


@task
def link_orders() -> None:
    """Take orders that were made from the agents' lists, and those that nobody ever made."""
    at = business_now()
    call_orders.link_orders(at=at)
    call_orders.lapse_orders(at=at)


@task
def forget_calls() -> None:
    """Blank who rang, and what was said, when their time is over."""
    call_records.forget_calls(at=business_now())


@task
def look_for_bursts() -> None:
    """Whether more than usual was reported within 24 hours."""
    rises.look_for_rises(window=EarlyCluster.Window.DAY, at=business_now())


@task
def look_for_trends() -> None:
    """Whether more than usual was reported within seven days."""
    rises.look_for_rises(window=EarlyCluster.Window.WEEK, at=business_now())


@task
def keep_scores() -> None:
    """Count the open service score anew, and seal the months whose time has come."""
    scores.keep_scores(at=business_now())


@task
def remind_of_hall_appointments() -> None:
    """Tell people of their appointments at halls: the day before, and two hours before."""
    hall_letters.remind(at=business_now())


@task
def lapse_hall_appointments() -> None:
    """End appointments at halls of which nobody noted what became."""
    hall_reception.lapse_past(at=business_now())


@task
def forget_hall_appointments() -> None:
    """Blank who came to halls, when their time is over."""
    hall_forgetting.forget_old(at=business_now())
