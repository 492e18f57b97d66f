"""Rows of this app, one model a file."""

from .answer import Answer, Way
from .appeal import Appeal, AppealForm, Topic, Triage
from .complaint import About, Accused, Complaint, MajorWhy, Manner, Outcome
from .direction_question import DirectionQuestion
from .follow_up_work import FollowUpWork
from .inquiry import Inquiry
from .publication import Publication, PublicationFile
from .reception_route import ReceptionRoute
from .service_application import Item, Service, ServiceApplication

__all__ = [
    "About",
    "Accused",
    "Answer",
    "Appeal",
    "AppealForm",
    "Complaint",
    "DirectionQuestion",
    "FollowUpWork",
    "Inquiry",
    "Item",
    "MajorWhy",
    "Manner",
    "Outcome",
    "Publication",
    "PublicationFile",
    "ReceptionRoute",
    "Service",
    "ServiceApplication",
    "Topic",
    "Triage",
    "Way",
]
