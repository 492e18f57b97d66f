"""The verbs of promises and time."""

from .escalations import NothingToAcknowledge, acknowledge
from .listening import NothingToMend, mend, settle
from .sweeping import sweep_alarms
from .timekeeping import CLAIM, Claimed, run_job, sweep

__all__ = [
    "CLAIM",
    "Claimed",
    "NothingToAcknowledge",
    "NothingToMend",
    "acknowledge",
    "mend",
    "run_job",
    "settle",
    "sweep",
    "sweep_alarms",
]
