"""The journal of this app in plain words."""

from collections.abc import Mapping

from casework.presenters import Telling

from .outage_tellings import TELLINGS

PRESENTERS: Mapping[str, Telling] = {**TELLINGS}
