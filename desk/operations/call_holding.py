"""A call, locked, for who may write it down."""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.queries
from accounts.models import User

from ..models import Call


class NotYourCall(Exception):
    """A call is written down by who talked, or by a supervisor."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else took this call."))


def hold_own(*, call: Call, by: User, at: datetime) -> Call:
    """Lock it, in the caller's transaction. Raises NotYourCall."""
    staff = accounts.queries.current_staff(by)
    held = Call.objects.select_for_update(no_key=True, of=("self",)).get(pk=call.pk)
    if staff.pk not in (held.agent_id, held.first_asked_id):
        raise NotYourCall
    return held
