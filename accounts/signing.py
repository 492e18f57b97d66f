"""Who changed a row and when, told to simple-history before the row is saved."""

from datetime import datetime

from django.db.models import Model

from .actors import Actor
from .models import User


def signed[M: Model](row: M, *, by: Actor, at: datetime, reason: str = "") -> M:
    """The same row, to be saved in somebody's name; a part of the system signs with its label."""
    marks = {
        "_history_user": by if isinstance(by, User) else None,
        "_history_date": at,
        "_change_reason": (reason or ("" if isinstance(by, User) else by.actor_label))[:100],
    }
    for name, value in marks.items():
        setattr(row, name, value)
    return row
