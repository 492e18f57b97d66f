"""Reads: what is owed, whether the journal holds, and cases for lists and pages."""

from .cases import CaseNotFound, get_case, newest_first, pending_transfer, tracked_case
from .effects import count_effects, next_effect_at, oldest_effect_due
from .files import files_from_customer, files_of
from .inclusion import NotSealed, newest_seal, prove_inclusion
from .journal import Proof, latest_moment, prove_journal
from .papers import first_list, missing_papers, open_list, unannounced
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
    "NotSealed",
    "Proof",
    "count_effects",
    "files_from_customer",
    "files_of",
    "first_list",
    "get_case",
    "last_root_at",
    "latest_moment",
    "list_counts",
    "missing_papers",
    "newest_first",
    "newest_seal",
    "next_effect_at",
    "oldest_effect_due",
    "open_list",
    "pending_transfer",
    "prove_inclusion",
    "prove_journal",
    "roots",
    "search_cases",
    "staff_behind",
    "story_for_customer",
    "story_for_staff",
    "tracked_case",
    "unannounced",
    "worklist",
]
