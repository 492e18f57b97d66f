"""One model a file; imported here so that Django and callers find them under one name."""

from .answered_request import AnsweredRequest
from .append_only import AppendOnly, AppendOnlyQuerySet, FrozenRow
from .case import Case, Channel, Urgency
from .effect import Effect
from .event import Event
from .timeline import Timeline

__all__ = ["AnsweredRequest", "AppendOnly", "AppendOnlyQuerySet", "Case", "Channel", "Effect", "Event", "FrozenRow", "Timeline", "Urgency"]
