"""What we write about an application for gas."""

from .apply_letters import APPLY_LETTERS
from .notice_letters import NOTICE_LETTERS
from .offer_letters import OFFER_LETTERS
from .paper_letters import PAPER_LETTERS
from .steward_letters import STEWARD_LETTERS
from .works_letters import WORKS_LETTERS

LETTERS = {**APPLY_LETTERS, **NOTICE_LETTERS, **STEWARD_LETTERS, **OFFER_LETTERS, **PAPER_LETTERS, **WORKS_LETTERS}
