"""Reads: what is owed, whether the journal holds, and cases for lists and pages."""

from .effects import count_effects, next_effect_at, oldest_effect_due
from .journal import Proof, prove_journal
from .people import staff_behind

__all__ = ["Proof", "count_effects", "next_effect_at", "oldest_effect_due", "prove_journal", "staff_behind"]
