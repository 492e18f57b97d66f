"""Rows of this app, one model a file."""

from .answer import Answer, Way
from .complaint import BY_LETTER, About, Accused, Complaint, MajorWhy, Manner, Origin, Outcome
from .follow_up_work import FollowUpWork
from .inquiry import Inquiry

__all__ = [
    "BY_LETTER",
    "About",
    "Accused",
    "Answer",
    "Complaint",
    "FollowUpWork",
    "Inquiry",
    "MajorWhy",
    "Manner",
    "Origin",
    "Outcome",
    "Way",
]
