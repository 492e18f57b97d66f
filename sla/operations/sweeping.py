"""Fire what is due: the fired fact and the effect it demands, nothing else. It never touches or waits for a case.

Note [Fired once]. A sweeper claims due alarms with SKIP LOCKED (on SQLite the write lock serialises), marks them fired and owes
one effect each, in one transaction per batch. Whatever it is killed in the middle of comes back unfired; two sweepers never
hold the same row; and the effect's own unique key would refuse a second firing loudly. Safety alarms go first.

Note [One statement]. PostgreSQL claims, fires and owes in a single statement, several times faster than fetching the rows here
and sending them back; SQLite cannot, and has the same rows written by the ORM. The tests run both ways.

Note [The order is the index]. Whoever looks for due alarms asks for the earliest, never whether there are any. Without an order
PostgreSQL may read the whole table: once many alarms have fired since it last counted, it takes the due ones for many and the
first of them for near. Two sentries kept both cores busy that way, and everything fired a quarter of a second late.

Note [A row at fault]. When a batch is refused, its alarms are fired one by one; the one that cannot be is parked and shown to
the operator, and the others are not held up. A violated guard is a fault in our code, so it is logged as an error.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import DataError, IntegrityError, connection, transaction

from accounts.actors import Actor
from accounts.clock import in_business_time
from casework.models import Effect
from casework.retries import name_of

from ..models import Alarm, AlarmQuerySet, Fault
from ..queries.timekeeping import next_alarm_at

log = logging.getLogger(__name__)

BATCH = 500
#: Topics of the effects, safety first; sla.reactions carries them out.
SAFETY_TOPIC, TOPIC = "sla.escalate_safety", "sla.escalate"

_ONE_STATEMENT = """
WITH due (id, is_safety) AS ({claimed}),
fired AS (
    UPDATE sla_alarm SET fired_at = %s, fired_by = %s FROM due WHERE sla_alarm.id = due.id RETURNING due.id, due.is_safety
)
INSERT INTO casework_effect (topic, key, payload, created_at, next_attempt_at, attempts, last_error)
SELECT CASE WHEN is_safety THEN %s ELSE %s END, id::text, '{{}}', %s, %s, 0, '' FROM fired
"""


def sweep_alarms(*, at: datetime, by: Actor) -> int:
    """Fire every alarm due at ``at``; how many. Safe to run any number of times at once."""
    due = Alarm.objects.armed().filter(fires_at__lte=at)
    # A look outside any transaction: a quiet night takes no lock.
    earliest = next_alarm_at()
    if earliest is None or earliest > at:
        return 0
    began = time.monotonic()
    return _sweep(due.filter(is_safety=True), at, by, began) + _sweep(due, at, by, began)


def _sweep(due: AlarmQuerySet, at: datetime, by: Actor, began: float) -> int:
    total, claimed = 0, BATCH
    while claimed == BATCH:
        claimed = _sweep_batch(due, _moment(at, began), by)
        total += claimed
    return total


def _moment(at: datetime, began: float) -> datetime:
    """``at`` grows old while many batches are swept; what we write should not."""
    return at + in_business_time(timedelta(seconds=time.monotonic() - began))


def _sweep_batch(due: AlarmQuerySet, at: datetime, by: Actor) -> int:
    with transaction.atomic():
        try:
            with transaction.atomic():
                return _fire_in_one(due, at, by) if connection.vendor == "postgresql" else _fire(_claim(due), at, by)
        except (IntegrityError, DataError) as error:
            log.error("a batch of alarms was refused", extra={"error": name_of(error)})
            claimed = _claim(due)
            _fire_one_by_one(claimed, at, by)
            return len(claimed)


def _claim(due: AlarmQuerySet) -> list[tuple[int, bool]]:
    locked = due.select_for_update(skip_locked=True, no_key=True).order_by("fires_at")
    return list(locked.values_list("pk", "is_safety")[:BATCH])


def _fire_in_one(due: AlarmQuerySet, at: datetime, by: Actor) -> int:
    claim = due.select_for_update(skip_locked=True, no_key=True).order_by("fires_at").values("pk", "is_safety")[:BATCH]
    claimed, wanted = claim.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_ONE_STATEMENT.format(claimed=claimed), [*wanted, at, by.actor_label[:64], SAFETY_TOPIC, TOPIC, at, at])
        return int(cursor.rowcount)


def _fire(claimed: Sequence[tuple[int, bool]], at: datetime, by: Actor) -> int:
    if claimed:
        Alarm.objects.filter(pk__in=[pk for pk, _is_safety in claimed]).update(fired_at=at, fired_by=by.actor_label[:64])
        topics = [(pk, SAFETY_TOPIC if is_safety else TOPIC) for pk, is_safety in claimed]
        Effect.objects.bulk_create([Effect(topic=topic, key=str(pk), created_at=at, next_attempt_at=at) for pk, topic in topics])
    return len(claimed)


def _fire_one_by_one(claimed: Sequence[tuple[int, bool]], at: datetime, by: Actor) -> None:
    for one in claimed:
        try:
            with transaction.atomic():
                _fire([one], at, by)
        except (IntegrityError, DataError) as error:
            _park(one[0], at, error)


def _park(pk: int, at: datetime, error: Exception) -> None:
    log.error("alarm parked", extra={"alarm": pk, "error": name_of(error)})
    alarm = Alarm.objects.select_related("clock").get(pk=pk)
    Alarm.objects.filter(pk=pk).update(voided_at=at, void_reason=Alarm.VoidReason.PARKED)
    Fault.objects.create(
        kind=Fault.Kind.FIRE, timeline_id=alarm.clock.timeline_id, promise=alarm.clock.promise_id, error=name_of(error)[:80], at=at
    )
