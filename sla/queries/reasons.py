"""Why a moment: what a clock remembers of its computation, in words."""

from collections.abc import Mapping
from datetime import datetime

from casework.event_names import event_names

from .. import explanations, naming
from ..models import Clock
from ..terms import Step
from .policies import calendar_rows, hall_rows, policies_at


def names_at(at: datetime) -> Mapping[str, str]:
    """What events, calendars and promises are called in the language now active, by their keys."""
    calendars = {row.key: naming.name(row.titles, row.key) for row in (*calendar_rows(at), *hall_rows(at))}
    events = {verb: str(name) for verb, name in event_names().items()}
    return events | calendars | {policy.key: f"{policy.key} “{naming.title(policy)}”" for policy in policies_at(at).policies()}


def reasons(clock: Clock, names: Mapping[str, str] | None) -> tuple[str, ...]:
    """The stored trace as sentences: with ``names`` (see ``names_at``) all of it, as staff read it; without, what concerns customers."""
    steps = [Step.from_json(raw) for raw in clock.trace]
    return tuple(explanations.for_customer(steps) if names is None else explanations.for_staff(steps, names))
