"""Hold a follow-up while something is done to it: its case first, as everywhere, then the row, and the timeline last."""

from django.utils.translation import gettext as _

from casework.models import Case
from casework.operations import StaleRow, WrongMove

from ..models import FollowUp
from ..queries.occasions import is_over
from ..states import FOLLOW_UP


class NotAsked(Exception):
    """What it was about did not last: the case goes on, or nobody wants it any more."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to ask about any more: the case was opened again, withdrawn or merged."))


def hold(follow_up: FollowUp) -> FollowUp:
    """The row as it is now, locked with its case. Raises StaleRow where it is not as it was read, NotAsked once it is over."""
    case = Case.objects.select_for_update(no_key=True).get(pk=follow_up.case_id)
    found = FollowUp.objects.select_for_update(no_key=True).get(pk=follow_up.pk)
    if found.version != follow_up.version:
        raise StaleRow
    found.case = case
    if is_over(case, found.occasion):
        raise NotAsked
    return found


def check_waiting(follow_up: FollowUp) -> None:
    """Somebody is still to be asked. Raises WrongMove."""
    if follow_up.status != FollowUp.Status.WAITING:
        raise WrongMove("attempt", follow_up.status, FOLLOW_UP.label_of(follow_up.status))
