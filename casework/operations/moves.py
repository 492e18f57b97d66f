"""The one door through which anything with a lifecycle changes its status."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from ..lifecycles import Lifecycle
from .events import Step, record
from .rows import is_put_aside


class WrongMove(Exception):
    """The lifecycle has no such step from here."""

    def __init__(self, verb: str, status: str, label: str) -> None:
        self.verb, self.status = verb, status
        super().__init__(_("This cannot be done now: it is “%(status)s”.") % {"status": label})


class StaleRow(Exception):
    """Somebody else moved the row since it was read; look again before acting."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just changed this. Look again and repeat if it is still needed."))


def move(
    subject: models.Model, lifecycle: Lifecycle, verb: str, *, by: Actor, at: datetime, fields: dict[str, Any] | None = None, **facts: Any
) -> None:
    """Change ``subject.status`` along its lifecycle, once, and record it on its timeline if it has one.

    ``subject`` has ``status`` and ``version``; ``fields`` are columns written in the same statement; ``facts`` go into the
    journal. Raises WrongMove where the table has no such step, StaleRow where the row is not as it was read.
    """
    step = lifecycle.find(verb, subject.status)  # type: ignore[attr-defined]
    if step is None:
        raise WrongMove(verb, subject.status, lifecycle.label_of(subject.status))  # type: ignore[attr-defined]
    told = [Step(name, facts) for name in (f"{lifecycle.kind}.{verb}", *step.tells)]
    amend(subject, fields={**(fields or {}), "status": step.target}, steps=told, by=by, at=at)


def amend(subject: models.Model, *, fields: dict[str, Any], steps: Sequence[Step], by: Actor, at: datetime) -> None:
    """Write columns of a row that is still as it was read, and the steps on its timeline, together or not at all.

    Its ``version`` counts on. For everything that is not a change of status; that goes through ``move``. Raises StaleRow.
    """
    changes = {**fields, "version": subject.version + 1}  # type: ignore[attr-defined]
    if is_put_aside(subject):
        _tell(subject, changes, steps, by=by, at=at)
        return
    rows = type(subject)._default_manager.filter(pk=subject.pk, version=subject.version)  # type: ignore[attr-defined]
    # Without a savepoint an exception inside would spoil the caller's transaction, so refusals are raised outside.
    with transaction.atomic(savepoint=False):
        is_written = rows.update(**changes) == 1
        if is_written:
            _tell(subject, changes, steps, by=by, at=at)
    if not is_written:
        raise StaleRow


def _tell(subject: models.Model, changes: dict[str, Any], steps: Sequence[Step], *, by: Actor, at: datetime) -> None:
    for name, value in changes.items():
        setattr(subject, name, value)
    timeline_id = getattr(subject, "timeline_id", None)
    if timeline_id:
        known = subject._state.fields_cache.get("timeline")
        record(timeline_id=timeline_id, steps=steps, by=by, at=at, known=known)
