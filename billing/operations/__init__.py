"""The verbs of money."""

from .ledger import Line, Unbalanced, post

__all__ = ["Line", "Unbalanced", "post"]
