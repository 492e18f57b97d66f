"""What the queue runs for visits."""

from django.tasks import task

from accounts.clock import business_now

from .operations import booked_visits, dispatching, overdue


@task
def lapse_offers() -> None:
    """A crew that has not answered in time loses the visit to the next one."""
    dispatching.lapse_offers(at=business_now())


@task
def remind_dispatchers() -> None:
    """While nobody goes to an emergency, whoever sends crews out hears it again."""
    dispatching.remind_dispatchers(at=business_now())


@task
def offer_booked() -> None:
    """A crew is asked in time before each slot."""
    booked_visits.offer_booked(at=business_now())


@task
def note_overdue() -> None:
    """Whoever waits at home hears that the time has passed."""
    overdue.note_overdue(at=business_now())


@task
def remind_of_appointments() -> None:
    """Customers hear of their appointments of tomorrow."""
    booked_visits.remind(at=business_now())
