"""One model a file; imported here so that Django and callers find them under one name."""

from .answered_request import AnsweredRequest
from .append_only import AppendOnly, AppendOnlyQuerySet, FrozenRow
from .attachment import Attachment
from .case import BY_LETTER, Case, CaseQuerySet, Channel, Origin, Urgency
from .contact import Contact
from .effect import Effect
from .event import Event
from .general_request import GeneralRequest
from .journal_root import JournalRoot, SealedHead
from .named_paper import NamedPaper
from .paper_list import PaperList
from .timeline import Timeline
from .transfer import Transfer

__all__ = [
    "BY_LETTER",
    "AnsweredRequest",
    "AppendOnly",
    "AppendOnlyQuerySet",
    "Attachment",
    "Case",
    "CaseQuerySet",
    "Channel",
    "Contact",
    "Effect",
    "Event",
    "FrozenRow",
    "GeneralRequest",
    "JournalRoot",
    "NamedPaper",
    "Origin",
    "PaperList",
    "SealedHead",
    "Timeline",
    "Transfer",
    "Urgency",
]
