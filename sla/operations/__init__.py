"""The verbs of promises and time."""

from .timekeeping import CLAIM, Claimed, run_job, sweep

__all__ = ["CLAIM", "Claimed", "run_job", "sweep"]
