"""Whom the virtual reception asks how it went: who put something forward, and everybody at whose home something was done (CAL-01, CAL-04).

Other letters, and papers that were written for somebody, are drawn by samples.
"""

from collections.abc import Collection

from accounts.roles import Role
from casework.callback_rules import CallbackRule, of_office, way_by_origin
from casework.models import Case

from .models import DirectionQuestion, Service, ServiceApplication
from .queries.earlier import who_handled
from .states import APPEAL, SERVICE_APPLICATION

#: A word on paper, for which nobody comes.
_PAPERS = (Service.CONTRACT, Service.CERTIFICATE)


def who_answered(case: Case) -> Collection[int]:
    """Who had it, who answered, and the specialists who said what to answer."""
    return {*who_handled(case), *DirectionQuestion.objects.filter(appeal=case.pk).values_list("to_staff", flat=True)}


def who_did_it(case: Case) -> Collection[int]:
    """Who had it, and the specialist who agreed the time; whoever was at the door is known from the visit."""
    specialist = ServiceApplication.objects.filter(case=case).values_list("specialist", flat=True)
    return {*who_handled(case), *(key for key in specialist if key is not None)}


def is_done_at_home(case: Case) -> bool:
    """Whether somebody came."""
    return of_office(case) or ServiceApplication.objects.filter(case=case).exclude(service__in=_PAPERS).exists()


RECEPTION_CALLBACKS = (
    CallbackRule(kind=APPEAL.kind, who_worked=who_answered, way=way_by_origin, is_wanted=of_office, department=Role.RECEPTION_SPECIALIST),
    CallbackRule(kind=SERVICE_APPLICATION.kind, who_worked=who_did_it, is_wanted=is_done_at_home, department=Role.SERVICE_OPERATOR),
)
