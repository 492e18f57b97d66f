"""The tree of the territory, a level at a time: for choosing where gas is off. The tree itself belongs to accounts."""

from accounts.queries.places import MOST, Branch, Chosen, branch, named

__all__ = ["MOST", "Branch", "Chosen", "branch", "named"]
