"""What the queue runs for the spine."""

from django.tasks import task

from accounts.clock import business_now

from . import operations

#: Rounds of one task; the next doorbell takes up what is left, well before the queue's time limit.
ROUNDS = 50


@task
def drain() -> None:
    """Carry out what is owed."""
    for _ in range(ROUNDS):
        if not operations.drain(business_now()):
            return


@task
def seal_journal() -> None:
    """The day's root."""
    _seal(after=0)


@task
def seal_rest(after: int) -> None:
    """One more root on a day when more moved than one run takes."""
    _seal(after=after)


def _seal(after: int) -> None:
    left = operations.seal_journal(at=business_now(), after=after)
    if left is not None:
        seal_rest.enqueue(left)


@task
def prune_effects() -> None:
    """Forget effects that were carried out long ago."""
    operations.forget_done_effects(at=business_now())


@task
def close_answered() -> None:
    """Close requests whose answer was heard in silence."""
    operations.close_answered(at=business_now())


@task
def prune_answers() -> None:
    """Forget answers that nobody will ask for again."""
    operations.forget_answers(at=business_now())
