"""What follows for a complaint.

Each reaction looks at how things stand now, so that one heard twice, late or out of order does no harm.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.models import Event
from casework.registry import Facts

type Reaction = Callable[[Event, datetime], None]

COMPLAINT_REACTIONS: Mapping[str, tuple[Reaction, ...]] = {}
COMPLAINT_CONCERNS: Mapping[str, Callable[[Facts], bool]] = {}
