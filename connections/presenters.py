"""The journal of applications for gas in plain words, each part in a module of its own."""

from collections.abc import Mapping

from casework.presenters import Telling

from .offer_tellings import OFFER_TELLINGS
from .steward_tellings import STEWARD_TELLINGS

PRESENTERS: Mapping[str, Telling] = {**OFFER_TELLINGS, **STEWARD_TELLINGS}
