"""The journal of this app in plain words."""

from collections.abc import Mapping

from casework.presenters import Telling

from . import outage_tellings, report_tellings

PRESENTERS: Mapping[str, Telling] = {**outage_tellings.TELLINGS, **report_tellings.TELLINGS}
