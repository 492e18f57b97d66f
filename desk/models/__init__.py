"""Rows of the front office: calls to the hotline, appointments at halls."""

from .call import Call
from .early_cluster import EarlyCluster
from .hall_appointment import HallAppointment, HallAppointmentQuerySet, HallTime
from .hall_plan import HallGap, HallPlaces, HallService
from .hotline_line import HotlineLine
from .service_score import ScoreDraft, ServiceScore
from .workplace_check import WorkplaceCheck

__all__ = [
    "Call",
    "EarlyCluster",
    "HallAppointment",
    "HallAppointmentQuerySet",
    "HallGap",
    "HallPlaces",
    "HallService",
    "HallTime",
    "HotlineLine",
    "ScoreDraft",
    "ServiceScore",
    "WorkplaceCheck",
]
