"""One model a file; imported here so that Django and callers find them under one name."""

from .alarm import Alarm, Escalation
from .calendar import CalendarDay, CalendarVersion, CalendarYear
from .clock import Clock, ClockStatus, Span
from .promise import BookEdition, Nature, Promise, PromiseVersion
from .timekeeping import Heartbeat, Job

__all__ = [
    "Alarm",
    "BookEdition",
    "CalendarDay",
    "CalendarVersion",
    "CalendarYear",
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
