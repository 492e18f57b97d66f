"""Find what tells of a person in a text: names, phones, addresses, plates, numbers of papers, accounts, cards and meters.

Chinese, Russian and English (with pinyin), as people write them: in full width, in spelled digits, with hidden marks between, with
letters of another alphabet that look the same. Pure: no Django, no database. It helps whoever reads a text before it is published and
replaces nobody: what it finds is marked, what it misses a second person has to see.
"""

from .finding import find
from .found import KINDS, Found
from .redaction import redact

__all__ = ["KINDS", "Found", "find", "redact"]
