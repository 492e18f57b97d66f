"""What the queue runs for messages."""

import time

from django.tasks import task

from accounts.actors import System
from accounts.clock import business_now

from . import operations
from .operations import announcement_sending, knowledge_reviews
from .operations.knowledge_feedback import forget_feedback
from .operations.news import publish_due
from .queries import Lane

#: Rounds of one task; the next doorbell takes up what is left, well before the queue's time limit.
ROUNDS = 10
#: No new round after so many real seconds: others wait for this worker.
_LONGEST = 20.0


@task
def deliver() -> None:
    """Send people what is owed to them. The clock is read anew each round, so that a slow provider cannot outrun a lease."""
    _run(Lane.PEOPLE, operations.BATCH)


@task
def call_subscribers() -> None:
    """Send other systems the events they asked for, one at a time: looking a name up can take longer than a call."""
    _run(Lane.MACHINES, 1)


@task
def announce() -> None:
    """Owe the announcements whose hour has come, close those that everybody has, and let news out at their hour."""
    at = business_now()
    publish_due(at=at, by=System("notices"))
    announcement_sending.release_due(at=at)
    announcement_sending.finish_sent(at=at)


@task
def tell_crowd() -> None:
    """Send what is announced: one announcement at a time by one sender, for a while; the next doorbell goes on with it."""
    announcement = announcement_sending.take_one(at=business_now())
    if announcement is None:
        return
    started = time.monotonic()
    try:
        while time.monotonic() - started < _LONGEST:
            if not operations.deliver_crowd(business_now(), announcement=announcement):
                return
    finally:
        announcement_sending.let_go(announcement=announcement)


@task
def forget_old_words() -> None:
    """Blank the words of old messages, and what readers wrote of articles long ago."""
    at = business_now()
    operations.forget_old_words(at=at)
    forget_feedback(at=at)


@task
def remind_of_reviews() -> None:
    """Ask departments to look at the articles whose day has come."""
    knowledge_reviews.remind_of_reviews(at=business_now())


def _run(lane: Lane, limit: int) -> None:
    started = time.monotonic()
    for _ in range(ROUNDS):
        if not operations.deliver(business_now(), lane=lane, limit=limit) or time.monotonic() - started > _LONGEST:
            return
