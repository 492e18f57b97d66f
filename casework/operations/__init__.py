"""The verbs of the spine: open a timeline, record what happened on it, move a thing along its lifecycle."""

from .events import Step, open_timeline, record
from .moves import StaleRow, WrongMove, move

__all__ = ["StaleRow", "Step", "WrongMove", "move", "open_timeline", "record"]
