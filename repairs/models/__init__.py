"""Repairs with what was reported and found; restorations; interruptions with whom they touch and whom we rang."""

from .outage import CallTask, Outage, OutageTicket
from .repair import Repair
from .restoration import Restoration

__all__ = ["CallTask", "Outage", "OutageTicket", "Repair", "Restoration"]
