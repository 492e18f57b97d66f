"""What follows for complaints, appeals and applications for services, each part in a module of its own."""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event
from casework.registry import Facts

from .complaint_reactions import COMPLAINT_CONCERNS, COMPLAINT_REACTIONS
from .publication_reactions import PUBLICATION_REACTIONS
from .reception_reactions import RECEPTION_CONCERNS, RECEPTION_REACTIONS

type Reaction = Callable[[Event, datetime], None]

_PARTS: tuple[Mapping[str, tuple[Reaction, ...]], ...] = (COMPLAINT_REACTIONS, PUBLICATION_REACTIONS, RECEPTION_REACTIONS)
REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    verb: tuple(reaction for part in _PARTS for reaction in part.get(verb, ())) for part in _PARTS for verb in part
}
CONCERNS: Mapping[str, Callable[[Facts], bool]] = {**COMPLAINT_CONCERNS, **RECEPTION_CONCERNS}
