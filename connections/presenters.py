"""The journal of applications for gas in plain words, each part in a module of its own."""

from collections.abc import Mapping

from casework.presenters import Namer, Telling

from .course_tellings import COURSE_NAMERS, COURSE_TELLINGS
from .offer_tellings import OFFER_TELLINGS
from .paper_tellings import PAPER_NAMERS, PAPER_TELLINGS
from .steward_tellings import STEWARD_TELLINGS
from .works_tellings import WORKS_TELLINGS

PRESENTERS: Mapping[str, Telling] = {**COURSE_TELLINGS, **OFFER_TELLINGS, **PAPER_TELLINGS, **STEWARD_TELLINGS, **WORKS_TELLINGS}
NAMERS: Mapping[str, Namer] = {**COURSE_NAMERS, **PAPER_NAMERS}
