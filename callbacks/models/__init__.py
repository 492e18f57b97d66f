"""Rows of this app, one model a file."""

from .attempt import Attempt, Result
from .campaign import Campaign
from .care import CareContact, CareLoss, CareManager, CareMeeting, CareQualification
from .follow_up import FollowUp, Heard
from .problem import Problem
from .questionnaire import Questionnaire, QuestionnaireDraft
from .sample import Sample, SampleMember

__all__ = [
    "Attempt",
    "Campaign",
    "CareContact",
    "CareLoss",
    "CareManager",
    "CareMeeting",
    "CareQualification",
    "FollowUp",
    "Heard",
    "Problem",
    "Questionnaire",
    "QuestionnaireDraft",
    "Result",
    "Sample",
    "SampleMember",
]
