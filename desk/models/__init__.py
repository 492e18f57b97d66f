"""Rows of the front office: calls to the hotline."""

from .call import Call
from .hotline_line import HotlineLine
from .workplace_check import WorkplaceCheck

__all__ = ["Call", "HotlineLine", "WorkplaceCheck"]
