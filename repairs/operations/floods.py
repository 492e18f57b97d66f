"""Whether one source has sent more reports than are dispatched, counted exactly however many come at once.

Note [One report of a source after the other]. Two transactions do not see each other's rows: both would count the same, and pass the
limit together. So whoever shares a mark (a phone, a device, a network) counts in turn, and holds the turn until the report is stored.
Whoever shares none never waits. Nobody waits long: a neighbour behind the same address must not lose seconds of a leak because
another report got stuck, and one report too many is the lesser evil. SQLite has one writer at a time anyway.
"""

import time
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from .. import sources
from ..queries.reports import over_the_limit

#: Seconds between two looks, and how often somebody looks: three seconds. A report is stored in hundredths of one.
_PAUSE, _LOOKS = 0.01, 300
#: Asks for the next turn only when the one before it is ours; all are given back with the transaction.
_TURNS = """
SELECT CASE WHEN pg_try_advisory_xact_lock(%s) THEN CASE WHEN pg_try_advisory_xact_lock(%s) THEN pg_try_advisory_xact_lock(%s) END END
"""


def flooding(marks: Mapping[str, str], *, at: datetime) -> str:
    """The kind of the mark under which more came within the window than are dispatched, else empty; in the caller's transaction.

    ``marks`` are digests by kind. See Note [One report of a source after the other].
    """
    _take_turns(marks.values())
    since = at - timedelta(minutes=settings.REPORTS_WINDOW_MINUTES)
    return over_the_limit(marks, limits={kind: sources.limit_of(kind) for kind in marks}, since=since)


def _take_turns(digests: Iterable[str]) -> None:
    # In one order for everybody, or two who share two marks would wait for each other.
    keys = sorted(int.from_bytes(bytes.fromhex(digest)[:8], signed=True) for digest in digests)
    if not keys or connection.vendor != "postgresql":
        return
    # A turn that is ours may be asked for again.
    three = [*keys, *[keys[-1]] * (len(sources.LIMITS) - len(keys))]
    with connection.cursor() as cursor:
        for _look in range(_LOOKS):
            cursor.execute(_TURNS, three)
            if cursor.fetchone() == (True,):
                return
            time.sleep(_PAUSE)
