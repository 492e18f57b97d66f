"""Effects that failed: what is noted of it, and when a person must look."""

import logging
from datetime import datetime

from ..models import Effect
from ..retries import TRIES, name_of

log = logging.getLogger(__name__)


def note_failure(*, effect: Effect, error: Exception, at: datetime) -> None:
    """A try that was booked has failed; after the last one the effect is given up."""
    log.warning("effect failed", extra={"topic": effect.topic, "tries": effect.attempts, "error": name_of(error)})
    held = Effect.objects.owed().filter(pk=effect.pk, attempts=effect.attempts)
    if effect.attempts < TRIES:
        held.update(last_error=name_of(error))
    elif held.update(dead_at=at, last_error=name_of(error)):
        log.error("effect given up", extra={"topic": effect.topic, "error": name_of(error)})


def bury_interrupted(at: datetime) -> None:
    """Give up what has no try left and never came back from the last one to say how it went."""
    interrupted = Effect.objects.owed().filter(attempts__gte=TRIES, next_attempt_at__lte=at)
    buried = interrupted.update(dead_at=at, last_error="Interrupted")
    if buried:
        log.error("effects given up", extra={"count": buried, "error": "Interrupted"})
