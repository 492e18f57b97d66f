"""Every repair, and gas that was turned on again, is called back about (T73): who worked on it, when only a talk will do."""

from collections.abc import Collection

from accounts.roles import Role
from casework.callback_rules import CallbackRule
from casework.models import Case

from .models import Repair
from .queries.closings import wrote_for_crews
from .states import REPAIR, RESTORATION


def who_worked(case: Case) -> Collection[int]:
    """Besides the crew: whoever wrote down for it what nothing proves."""
    return wrote_for_crews(case)


def needs_call(case: Case) -> bool:
    """Something about its closing is strange, or the customer says once more that it is not mended."""
    found = Repair.objects.filter(case=case).values_list("is_doubtful", "disputed_at").first()
    return found is not None and (found[0] or found[1] is not None)


CALLBACKS = (
    CallbackRule(kind=RESTORATION.kind, department=Role.DISPATCHER),
    CallbackRule(
        kind=REPAIR.kind,
        born_on=("case.resolved", "repair.disputed"),
        who_worked=who_worked,
        needs_call=needs_call,
        department=Role.DISPATCHER,
    ),
)
