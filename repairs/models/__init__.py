"""Repairs with what was reported and found; restorations; interruptions with whom they touch and whom we rang."""

from .outage import CallTask, Outage, OutageTicket
from .outage_notice import OutageNotice
from .outage_wish import OutageWish
from .repair import Repair
from .report_source import ReportSource
from .restoration import Restoration

__all__ = ["CallTask", "Outage", "OutageNotice", "OutageTicket", "OutageWish", "Repair", "ReportSource", "Restoration"]
