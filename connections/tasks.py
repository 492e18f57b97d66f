"""What the queue runs for applications for gas."""

from django.tasks import task

from accounts.clock import business_now

from .operations import drafts, leaving, paper_reminders, supplies


@task
def leave_nobody_waiting() -> None:
    """Hand over what stewards left behind who are gone, and find one for what has none."""
    leaving.leave_nobody_waiting(at=business_now())


@task
def prune_drafts() -> None:
    """Forget applications that nobody went on with."""
    drafts.prune_drafts(at=business_now())


@task
def remind_of_papers() -> None:
    """Ask applicants for the papers that are due soon, today, or were due."""
    paper_reminders.remind_of_papers(at=business_now())


@task
def end_supplies() -> None:
    """Tell the end of supplies whose accounts were closed."""
    supplies.end_supplies(at=business_now())
