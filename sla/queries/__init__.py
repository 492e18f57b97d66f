"""Reads of promises and time."""

from .lateness import Lateness, lateness, open_faults
from .timekeeping import alarm_lateness, heartbeat_age, job_lateness, next_alarm_at, next_job_at
from .years import known_days

__all__ = [
    "Lateness",
    "alarm_lateness",
    "heartbeat_age",
    "job_lateness",
    "known_days",
    "lateness",
    "next_alarm_at",
    "next_job_at",
    "open_faults",
]
