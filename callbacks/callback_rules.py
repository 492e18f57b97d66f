"""General requests that somebody put forward are asked after, every single one (CAL-04): others are drawn by samples."""

from collections.abc import Collection

from casework.callback_rules import CallbackRule, of_office, way_by_origin
from casework.models import Case
from casework.states import GENERAL_REQUEST


def who_worked(case: Case) -> Collection[int]:
    """Who has it, who had taken it on, and who answered."""
    taken = case.transfers.filter(outcome="accepted").values_list("answered_by", flat=True)
    request = getattr(case, "general_request", None)
    found = {case.owner_id, case.named_id, request.answered_by_id if request else None, *taken}
    return [key for key in found if key is not None]


CALLBACKS = (CallbackRule(kind=GENERAL_REQUEST.kind, who_worked=who_worked, way=way_by_origin, is_wanted=of_office),)
