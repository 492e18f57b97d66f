"""Put an application that was sent without signing in into its applicant's cabinet."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.models import Case
from casework.operations import Step, amend

from ..models import Application


class Claimed(Exception):
    """It is in somebody's cabinet."""

    def __init__(self) -> None:
        super().__init__(_("This application is in another cabinet already. If it is yours, ring us."))


@transaction.atomic
def claim(*, application: Application, by: User, at: datetime) -> Application:
    """Whoever has reference and code, which the caller has looked at, finds the application in the cabinet from now on.

    Claimed again by the same person it stays what it is. Raises Claimed.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=application.case_id)
    application.case = case
    if case.asker_id == by.pk:
        return application
    if case.asker_id is not None or by.is_staff:
        raise Claimed
    amend(case, fields={"asker": by}, steps=[Step("connection.claimed")], by=by, at=at)
    return application
