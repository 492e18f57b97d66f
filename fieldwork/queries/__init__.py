"""Reads of crews and visits."""

from .candidates import Outlook, candidates, outlook
from .crews import crews_of, members_at

__all__ = ["Outlook", "candidates", "crews_of", "members_at", "outlook"]
