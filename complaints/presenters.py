"""The journal of this app in plain words, each part in a module of its own."""

from collections.abc import Mapping

from casework.presenters import Telling

from .complaint_tellings import COMPLAINT_TELLINGS
from .reception_tellings import RECEPTION_TELLINGS

PRESENTERS: Mapping[str, Telling] = {**COMPLAINT_TELLINGS, **RECEPTION_TELLINGS}
