"""Every new connection is called back about (T21, T73): by nobody who built, inspected, switched on or looked after it."""

from collections.abc import Collection

from accounts.models import Staff
from accounts.roles import Role
from casework.callback_rules import CallbackRule
from casework.models import Case

from .models import GasOn, Stewardship, WorksOrder
from .states import CONNECTION

#: What somebody does at the door or about the works.
_DEEDS = ("connection.inspect", "connection.fail", "connection.pass", "connection.doubt", "connection.correct")


def who_worked(case: Case) -> Collection[int]:
    """Stewards, the installer, who said that it is built or good, and who let gas in."""
    labels = {*GasOn.objects.filter(application__case=case).values_list("by", flat=True)}
    labels |= {*case.timeline.events.filter(verb__in=_DEEDS).values_list("by", flat=True)}
    users = [int(label.removeprefix("user:")) for label in labels if label.startswith("user:")]
    return {
        *Staff.objects.filter(user__in=users).values_list("pk", flat=True),
        *Stewardship.objects.filter(application__case=case).values_list("staff", flat=True),
        *WorksOrder.objects.filter(application__case=case, installer__isnull=False).values_list("installer", flat=True),
    }


CALLBACKS = (
    CallbackRule(kind=CONNECTION.kind, born_on=("case.resolved", "case.reopened"), who_worked=who_worked, department=Role.ENGINEER),
)
