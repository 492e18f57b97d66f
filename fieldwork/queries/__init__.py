"""Reads of crews and visits."""

from .crews import crews_of, members_at

__all__ = ["crews_of", "members_at"]
