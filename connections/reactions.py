"""What follows for an application for gas, each part in a module of its own.

Each reaction looks at how things stand now, so that one heard twice, late or out of order does no harm.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event
from casework.registry import Facts

from .apply_reactions import APPLY_CONCERNS, APPLY_REACTIONS
from .notice_reactions import NOTICE_REACTIONS
from .offer_reactions import OFFER_REACTIONS
from .operations.merging import carry_over
from .paper_reactions import PAPER_CONCERNS, PAPER_REACTIONS
from .stage_reactions import STAGE_REACTIONS
from .states import CONNECTION
from .steward_reactions import STEWARD_CONCERNS, STEWARD_REACTIONS
from .works_reactions import WORKS_REACTIONS

type Reaction = Callable[[Event, datetime], None]

_PARTS: tuple[Mapping[str, tuple[Reaction, ...]], ...] = (
    APPLY_REACTIONS,
    NOTICE_REACTIONS,
    OFFER_REACTIONS,
    PAPER_REACTIONS,
    STAGE_REACTIONS,
    STEWARD_REACTIONS,
    WORKS_REACTIONS,
)
REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    verb: tuple(reaction for part in _PARTS for reaction in part.get(verb, ())) for part in _PARTS for verb in part
}
MERGERS = {CONNECTION.kind: carry_over}
CONCERNS: Mapping[str, Callable[[Facts], bool]] = {**APPLY_CONCERNS, **PAPER_CONCERNS, **STEWARD_CONCERNS}
