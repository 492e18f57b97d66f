"""Reads: what is owed, whether the journal holds, and cases for lists and pages."""

from .cases import CaseNotFound, get_case, newest_first, pending_transfer, tracked_case
from .effects import count_effects, next_effect_at, oldest_effect_due
from .journal import Proof, latest_moment, prove_journal
from .people import staff_behind
from .roots import last_root_at, roots
from .search import search_cases
from .stories import Line, story_for_customer, story_for_staff
from .worklists import EVERYTHING, LISTS, list_counts, worklist

__all__ = [
    "EVERYTHING",
    "LISTS",
    "CaseNotFound",
    "Line",
    "Proof",
    "count_effects",
    "get_case",
    "last_root_at",
    "latest_moment",
    "list_counts",
    "newest_first",
    "next_effect_at",
    "oldest_effect_due",
    "pending_transfer",
    "prove_journal",
    "roots",
    "search_cases",
    "staff_behind",
    "story_for_customer",
    "story_for_staff",
    "tracked_case",
    "worklist",
]
