"""The call back after gas is on (T21, T73) is made in the room of follow-ups; here its outcome closes the application.

Whoever closed it before anybody rang, as cases of all kinds are closed, has not kept that promise: it waits for the call all the same.
"""

from datetime import datetime

from django.db import transaction

from accounts.actors import System
from casework.operations import move_case

from ..models import Application
from ..states import ConnectionStatus
from .holding import hold_case

BY = System("connections.callbacks")


@transaction.atomic
def close_called(*, application: Application, at: datetime) -> Application:
    """The customer was called back and all is well, or could not be reached as often as we tried: it is closed. Safe to repeat."""
    case = hold_case(application.case)
    if case.status == ConnectionStatus.CONNECTED:
        move_case(case=case, verb="close", by=BY, at=at)
    return application
