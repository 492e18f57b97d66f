"""The journal of complaints in plain words."""

from collections.abc import Mapping

from casework.presenters import Telling

COMPLAINT_TELLINGS: Mapping[str, Telling] = {}
