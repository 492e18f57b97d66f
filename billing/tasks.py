"""What the queue runs for money and machines."""

from django.tasks import task

from accounts.clock import business_now

from .operations import (
    allowance_letters,
    bill_letters,
    billing_runs,
    counter_visits,
    credit_forecasts,
    kiosks,
    meter_commands,
    questions,
    reading_reminders,
    refunds,
    statements,
)


@task
def watch_kiosks() -> None:
    """Kiosks that have gone silent are shown so, and their keepers hear it."""
    kiosks.watch_kiosks(at=business_now())


@task
def ask_providers() -> None:
    """Callbacks get lost: ask about what may have been paid, close what was not in time."""
    questions.ask_due(at=business_now())


@task
def send_refunds() -> None:
    """Send money back that is to go back, and ask what became of it."""
    refunds.send_due(at=business_now())


@task
def reconcile() -> None:
    """Fetch the providers' bills of the days that are over, compare them, and look again at what did not agree."""
    statements.reconcile(at=business_now())


@task
def bill_months() -> None:
    """The bills of the month that is over, so many at a time; most runs find nothing to do."""
    billing_runs.bill_last_month(at=business_now())


@task
def write_about_bills() -> None:
    """Ask for readings in their days, and remind of bills due or overdue, and of what a household proved and has to prove again."""
    at = business_now()
    reading_reminders.ask_for_readings(at=at)
    bill_letters.remind(at=at)
    allowance_letters.remind_of_ending(at=at)


@task
def expire_meter_commands() -> None:
    """Give up what no connected meter fetched in time, and tell who paid."""
    meter_commands.expire_commands(at=business_now())


@task
def forecast_credit() -> None:
    """How long everybody's credit lasts, so many accounts at a time."""
    credit_forecasts.forecast_credit(at=business_now())


@task
def judge_forecasts() -> None:
    """Whether the days have come of which forecasts spoke."""
    credit_forecasts.judge_forecasts(at=business_now())


@task
def end_forgotten_visits() -> None:
    """Customers at a counter whose visit nobody ended: once their time is up it ends as not served."""
    counter_visits.end_forgotten(at=business_now())
