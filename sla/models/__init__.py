"""One model a file; imported here so that Django and callers find them under one name."""

from .alarm import Alarm, Escalation
from .calendar import CalendarDay, CalendarVersion
from .clock import Clock, ClockStatus, Span
from .promise import Nature, Promise, PromiseVersion
from .timekeeping import Heartbeat, Job

__all__ = [
    "Alarm",
    "CalendarDay",
    "CalendarVersion",
    "Clock",
    "ClockStatus",
    "Escalation",
    "Heartbeat",
    "Job",
    "Nature",
    "Promise",
    "PromiseVersion",
    "Span",
]
