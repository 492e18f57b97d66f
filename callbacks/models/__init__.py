"""Rows of this app, one model a file."""

from .attempt import Attempt, Result
from .follow_up import FollowUp, Heard
from .problem import Problem
from .questionnaire import Questionnaire

__all__ = ["Attempt", "FollowUp", "Heard", "Problem", "Questionnaire", "Result"]
