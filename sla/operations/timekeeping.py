"""The verbs of time: beat, claim what is due, run a job.

Note [A job is a promise to ourselves]. ``sweep`` only claims, in the database, and hands out what it claimed; ringing a worker
is the caller's, off the sweep's thread, so that a hung broker cannot delay anything. A run that ends well moves the job on to
its next moment. One that raises, or that nobody ever started because the broker forgot it, is due again when its claim lapses.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from accounts.actors import Actor
from accounts.clock import in_business_time

from .. import registry
from ..models import Heartbeat, Job

#: Both in real time. Above the queue's time limit for one task, so that a claim never lapses under a run.
CLAIM = timedelta(minutes=5)
BEAT = timedelta(seconds=2)


@dataclass(frozen=True)
class Claimed:
    """A job that is ours to ring for: its name and the moment it fell due, which is the ticket of this run."""

    name: str
    due: datetime


def sweep(*, at: datetime, by: Actor) -> list[Claimed]:
    """Claim every job due at ``at`` and leave a sign of life; what was claimed. Two sweepers never get the same claim."""
    _beat(at, by)
    _schedule_new(at)
    due = Job.objects.filter(Q(claimed_until=None) | Q(claimed_until__lte=at), name__in=registry.jobs(), next_run_at__lte=at)
    return [Claimed(job.name, job.next_run_at) for job in due.order_by("next_run_at") if _claim(job, at)]


def run_job(*, name: str, due: datetime, at: datetime) -> bool:
    """Carry out one claimed run of a job and move it on to its next moment; False when that run is done already.

    Raises whatever the job raises; it is then due again when the claim lapses.
    """
    job = registry.jobs()[name]
    if not Job.objects.filter(name=name, next_run_at=due).exists():
        return False
    import_string(job.task).call()
    moved = Job.objects.filter(name=name, next_run_at=due)
    return bool(moved.update(next_run_at=job.next_after(at), last_run_at=at, claimed_until=None))


def _beat(at: datetime, by: Actor) -> None:
    name = by.actor_label[:64]
    # Not at every look: a beat is a write, and a quiet night should be quiet on the disk too.
    if not Heartbeat.objects.filter(name=name, beat_at__gt=at - in_business_time(BEAT), beat_at__lte=at).exists():
        Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at})


def _schedule_new(at: datetime) -> None:
    known = set(Job.objects.values_list("name", flat=True))
    new = [Job(name=job.name, next_run_at=job.next_after(at)) for job in registry.jobs().values() if job.name not in known]
    if new:
        # Another sweeper may be writing the same first rows; whose come first makes no difference.
        Job.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def _claim(job: Job, at: datetime) -> bool:
    still = Job.objects.filter(name=job.name, next_run_at=job.next_run_at, claimed_until=job.claimed_until)
    return still.update(claimed_until=at + in_business_time(CLAIM)) == 1
