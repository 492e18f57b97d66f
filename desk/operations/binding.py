"""Ask for the code that binds an account, and owe the message that carries it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

import accounts.operations
import notices.operations
from accounts.models import User

_NOBODY = "+8610000000000"


@transaction.atomic
def ask_for_code(*, user: User, number: str, proof: str, role: str, at: datetime) -> int:
    """First step of binding; returns the attempt to finish with the code. ``at`` is real time. Raises TooManyAttempts.

    A message is written in any case; where nothing matched it is rolled back, so that both answers take the same time.
    """
    started = accounts.operations.start_binding(user=user, number=number, proof=proof, role=role, at=at)
    with transaction.atomic():
        notices.operations.owe(
            kind="binding_code",
            key=f"binding:{started.attempt_id}",
            channel="sms",
            address=started.phone or _NOBODY,
            language=started.language,
            context={"code": started.code, "company": settings.COMPANY["name"], "minutes": 10},
            at=at,
        )
        if started.phone is None:
            transaction.set_rollback(True)
    return started.attempt_id
