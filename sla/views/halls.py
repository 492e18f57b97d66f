"""Which hall a page shows: the one that is asked for, within what the reader may see."""

from dataclasses import dataclass
from datetime import datetime

import accounts.queries
from accounts.models import Hall
from accounts.views.guards import MemberRequest

from .. import permissions


@dataclass(frozen=True)
class ChosenHall:
    """A hall by key and code. Without a code: all of them (key None), or none that there is (key 0)."""

    key: int | None
    code: str = ""


def chosen_hall(request: MemberRequest, at: datetime) -> ChosenHall:
    """Heads see their own; 0, which no hall has, for an unknown one and for somebody of no hall who sees only their own."""
    if not permissions.sees_every_hall(request.user, at=at):
        own = accounts.queries.current_staff(request.user).hall
        return ChosenHall(own.pk, own.code) if own else ChosenHall(0)
    code = request.GET.get("hall", "")
    if not code:
        return ChosenHall(None)
    key = Hall.objects.filter(code=code).values_list("pk", flat=True).first()
    return ChosenHall(key, code) if key else ChosenHall(0)
