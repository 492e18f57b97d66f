"""An application and all that belongs to it: its plan, papers, stages, steward, offer, works, defects, and the gas it got."""

from .application import CLASSIFICATIONS, Application, ConnectionKind
from .draft import ApplicationDraft
from .inspection import Defect, GasOn
from .offer import Contract, Design, Quote, QuoteLine
from .one_time_notice import OneTimeNotice
from .paper import Paper, PaperFile
from .policy import Ball, Deed, FeeRow, PaperRow, PolicyVersion, StageRow
from .stage import Stage
from .steward import Mandate, Stewardship
from .works import WorksEntry, WorksOrder

__all__ = [
    "CLASSIFICATIONS",
    "Application",
    "ApplicationDraft",
    "Ball",
    "ConnectionKind",
    "Contract",
    "Deed",
    "Defect",
    "Design",
    "FeeRow",
    "GasOn",
    "Mandate",
    "OneTimeNotice",
    "Paper",
    "PaperFile",
    "PaperRow",
    "PolicyVersion",
    "Quote",
    "QuoteLine",
    "Stage",
    "StageRow",
    "Stewardship",
    "WorksEntry",
    "WorksOrder",
]
