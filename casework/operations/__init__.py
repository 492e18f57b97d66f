"""The verbs of the spine: open a timeline, record what happened on it, move a thing along its lifecycle, carry out what follows;
and those of cases: open, hand over, talk about, answer, link, erase."""

from .answering import NoAnswer, answer_request, ask_customer
from .answers import Answer, BadKey, KeyReused, answer_once, forget_answers
from .assignment import AlreadyOffered, Ended, NobodyNamed, NotOffered, Target, accept, assign, decline, take_back, transfer
from .attachments import NotTaken, Taken, attach, attach_each, open_attachment
from .cases import NothingSaid, Opening, ReasonMissing, cancel_case, change_case, move_case, open_case
from .closing import close_answered
from .contacts import NewContact, NoReply, ask_leader, record_contact
from .effects import UnknownReaction, drain, forget_done_effects
from .entrusting import entrust
from .erasure import NotEnded, erase_case
from .events import Step, open_timeline, record, record_many
from .linking import NotMerged, SameCase, merge, split
from .moves import StaleRow, WrongMove, amend, move
from .papers import (
    NoPaperNamed,
    NothingMissing,
    NoWayToTell,
    Paper,
    SaidTooLate,
    Telling,
    complete_papers,
    receive_papers,
    return_papers,
)
from .reopening import reopen_case
from .requests import open_request, say, split_request
from .sealing import seal_journal
from .search_rebuild import rebuild_case_search

__all__ = [
    "AlreadyOffered",
    "Answer",
    "BadKey",
    "Ended",
    "KeyReused",
    "NewContact",
    "NoAnswer",
    "NoPaperNamed",
    "NoReply",
    "NoWayToTell",
    "NobodyNamed",
    "NotEnded",
    "NotMerged",
    "NotOffered",
    "NotTaken",
    "NothingMissing",
    "NothingSaid",
    "Opening",
    "Paper",
    "ReasonMissing",
    "SaidTooLate",
    "SameCase",
    "StaleRow",
    "Step",
    "Taken",
    "Target",
    "Telling",
    "UnknownReaction",
    "WrongMove",
    "accept",
    "amend",
    "answer_once",
    "answer_request",
    "ask_customer",
    "ask_leader",
    "assign",
    "attach",
    "attach_each",
    "cancel_case",
    "change_case",
    "close_answered",
    "complete_papers",
    "decline",
    "drain",
    "entrust",
    "erase_case",
    "forget_answers",
    "forget_done_effects",
    "merge",
    "move",
    "move_case",
    "open_attachment",
    "open_case",
    "open_request",
    "open_timeline",
    "rebuild_case_search",
    "receive_papers",
    "record",
    "record_contact",
    "record_many",
    "reopen_case",
    "return_papers",
    "say",
    "seal_journal",
    "split",
    "split_request",
    "take_back",
    "transfer",
]
