"""What the queue runs for messages."""

from django.tasks import task

from accounts.clock import business_now

from . import operations

#: Rounds of one task; the next doorbell takes up what is left, well before the queue's time limit.
ROUNDS = 10


@task
def deliver() -> None:
    """Send what is owed. The clock is read anew each round, so that a slow provider cannot outrun a lease."""
    for _ in range(ROUNDS):
        if not operations.deliver(business_now()):
            return
