"""What places are called: with what they lie in, or shortly. The tree itself belongs to accounts."""

from accounts.queries.places import place_names, short_names

__all__ = ["place_names", "short_names"]
