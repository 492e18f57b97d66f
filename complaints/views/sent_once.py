"""A form that is sent twice is one complaint: see Note [One form, one complaint] in complain_public."""

import secrets
from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest

from casework.operations import Answer, answer_once

from ..models import Complaint


def once_of(request: HttpRequest) -> str:
    """The number of the form that was sent, or of a new one."""
    once = request.POST.get("once", "")[:32]
    return once if once.isalnum() else secrets.token_hex(16)


def take_once(*, caller: str, once: str, at: datetime, take: Callable[[], Complaint]) -> int:
    """The key of the complaint that this form made, now or before; 0 where it has been erased since. Raises what ``take`` raises."""

    def act() -> Answer:
        complaint = take()
        return Answer(201, {"complaint": complaint.pk}, about=complaint.case.reference)

    answer = answer_once(caller=caller, key=once, fingerprint="", at=at, act=act)
    return answer.body["complaint"] if answer.body else 0
