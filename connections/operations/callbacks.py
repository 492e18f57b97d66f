"""The call back after gas is on (T21, T73): somebody who was not at the door asks how it went; then the application is closed.

Whoever closed it before anybody rang, as cases of all kinds are closed, has not kept that promise: it waits for the call all the same.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import casework.permissions
from accounts.models import User
from casework.models import Case, Contact
from casework.operations import Ended, NewContact, Step, WrongMove, move_case, record, record_contact

from ..models import Application, GasOn
from ..queries.works import is_to_call
from ..states import CONNECTION, ConnectionStatus
from .holding import hold


class WasThere(Exception):
    """Nobody is told the truth about the work by whoever did it."""

    def __init__(self) -> None:
        super().__init__(_("You turned the gas on yourself: somebody else calls back."))


@transaction.atomic
def call_back(*, application: Application, is_reached: bool, note: str, by: User, at: datetime) -> Application:
    """The customer was rung: reached, it is closed with what they said; not reached, somebody tries again.

    Raises WasThere, WrongMove before gas is on, Ended, Forbidden, StaleRow.
    """
    casework.permissions.check_may_handle(by, application.case, at=at)
    case = _held(application)
    if GasOn.objects.filter(application=application, by=by.actor_label).exists():
        raise WasThere
    call = NewContact(means=Contact.Means.CALL, direction=Contact.Direction.OUT, content=note.strip(), is_reached=is_reached)
    record_contact(case=case, contact=call, by=by, at=at)
    told = Step("callback.done") if is_reached else Step("callback.attempted")
    record(timeline_id=case.timeline_id, steps=[told], by=by, at=at)
    if is_reached and case.is_unfinished:
        move_case(case=case, verb="close", by=by, at=at)
    return application


def _held(application: Application) -> Case:
    try:
        case = hold(application).case
    except Ended:
        if not is_to_call(application):
            raise
        return application.case
    if case.status != ConnectionStatus.CONNECTED:
        raise WrongMove("close", case.status, CONNECTION.label_of(case.status))
    return case
