"""Reads of crews and visits."""

from .candidates import Outlook, candidates, foreseen, jobs_of, outlook
from .crews import crews_of, members_at, members_of, phones_of

__all__ = ["Outlook", "candidates", "crews_of", "foreseen", "jobs_of", "members_at", "members_of", "outlook", "phones_of"]
