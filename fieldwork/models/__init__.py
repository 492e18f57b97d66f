"""Crews and their equipment of papers; visits and what was done on them; slots that customers book."""

from .badge import Badge
from .crew import Crew, CrewMember, CrewPosition, CrewShift, Skill
from .device_action import DeviceAction
from .device_photo import DevicePhoto
from .evidence import Evidence
from .offer import Offer
from .slot import Blackout, Booking, SlotPlan
from .visit import Visit, VisitOutcome, VisitPurpose, VisitQuerySet
from .work import Part, Signature, WorkLine

__all__ = [
    "Badge",
    "Blackout",
    "Booking",
    "Crew",
    "CrewMember",
    "CrewPosition",
    "CrewShift",
    "DeviceAction",
    "DevicePhoto",
    "Evidence",
    "Offer",
    "Part",
    "Signature",
    "Skill",
    "SlotPlan",
    "Visit",
    "VisitOutcome",
    "VisitPurpose",
    "VisitQuerySet",
    "WorkLine",
]
