"""Reads of promises and time."""

from .timekeeping import heartbeat_age, job_lateness, next_job_at

__all__ = ["heartbeat_age", "job_lateness", "next_job_at"]
