"""The verbs of the spine: open a timeline, record what happened on it, move a thing along its lifecycle, carry out what follows."""

from .answers import Answer, BadKey, KeyReused, answer_once, forget_answers
from .effects import UnknownReaction, drain, forget_done_effects
from .events import Step, open_timeline, record
from .moves import StaleRow, WrongMove, move

__all__ = [
    "Answer",
    "BadKey",
    "KeyReused",
    "StaleRow",
    "Step",
    "UnknownReaction",
    "WrongMove",
    "answer_once",
    "drain",
    "forget_answers",
    "forget_done_effects",
    "move",
    "open_timeline",
    "record",
]
