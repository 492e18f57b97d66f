"""What the queue runs for the front office."""

from django.tasks import task

from accounts.clock import business_now

from .operations import call_records, calls, hotline_lines


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
    """Take orders that were made from the agents' lists."""
    call_records.link_orders(at=business_now())


@task
def forget_calls() -> None:
    """Blank who rang, and what was said, when their time is over."""
    call_records.forget_calls(at=business_now())
