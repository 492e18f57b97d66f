"""One model a file; imported here so that Django and callers find them under one name."""

from .alarm import Alarm, AlarmQuerySet, VoidReason
from .calendar import CalendarDay, CalendarVersion
from .calendar_year import CalendarYear
from .clock import BreachReason, Clock, ClockQuerySet, ClockStatus, Span
from .compensation import Compensation, VoidedBecause
from .duty import Obligation, Period
from .escalation import Escalation, EscalationQuerySet
from .extension import Extension, ExtensionReason
from .fault import Fault, FaultKind
from .moving import Moving
from .pace import Forecast, HourlyPace
from .promise import BookEdition, Nature, Promise, PromiseVersion
from .score import DailyScore
from .share import DailyShare
from .timekeeping import Heartbeat, Job

__all__ = [
    "Alarm",
    "AlarmQuerySet",
    "BookEdition",
    "BreachReason",
    "CalendarDay",
    "CalendarVersion",
    "CalendarYear",
    "Clock",
    "ClockQuerySet",
    "ClockStatus",
    "Compensation",
    "DailyScore",
    "DailyShare",
    "Escalation",
    "EscalationQuerySet",
    "Extension",
    "ExtensionReason",
    "Fault",
    "FaultKind",
    "Forecast",
    "Heartbeat",
    "HourlyPace",
    "Job",
    "Moving",
    "Nature",
    "Obligation",
    "Period",
    "Promise",
    "PromiseVersion",
    "Span",
    "VoidReason",
    "VoidedBecause",
]
