"""Ask for the code that binds an account, and owe the message that carries it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

import accounts.operations
import accounts.operations.binding
import notices.operations
from accounts.models import User

#: How long a code is good for, as we tell it.
CODE_MINUTES = accounts.operations.binding.CODE_LIFE // timedelta(minutes=1)

_NOBODY = "+8610000000000"


@transaction.atomic
def ask_for_code(*, user: User, number: str, proof: str, role: str, asked_at: datetime, at: datetime) -> int:
    """First step of binding; returns the attempt to finish with the code. ``asked_at`` is real time. Raises TooManyAttempts.

    A message is written in any case; where nothing matched it is rolled back, so that both answers take the same time.
    """
    started = accounts.operations.start_binding(user=user, number=number, proof=proof, role=role, at=asked_at)
    with transaction.atomic():
        notices.operations.owe(
            kind="binding_code",
            key=f"binding:{started.attempt_id}",
            channel="sms",
            address=started.phone or _NOBODY,
            language=started.language,
            context={"code": started.code, "company": settings.COMPANY["name"], "minutes": CODE_MINUTES},
            at=at,
        )
        if started.phone is None:
            transaction.set_rollback(True)
    return started.attempt_id
