"""Tell an applicant everything at once: the whole process, papers, fees and times (CON-06), and keep what was told as it was told."""

from datetime import datetime
from typing import Any

from django.db import transaction

import casework.permissions
import notices.operations
from accounts.actors import Actor, System
from casework.models import Case, Contact
from casework.operations import NoWayToTell, Step, record
from notices.operations import language_of

from ..models import Application, OneTimeNotice
from ..queries.told_once import content_of

BY = System("connections.notices")
#: What is sent; everything else is read out or put into a hand.
SENT = frozenset({Contact.Means.SMS, Contact.Means.EMAIL, Contact.Means.CABINET})


@transaction.atomic
def give(*, application: Application, means: str, language: str, by: Actor, at: datetime) -> OneTimeNotice:
    """Give the notice, in this language and by this means, and keep it. Raises NoWayToTell, Forbidden."""
    case = application.case
    casework.permissions.check_may_handle(by, case, at=at)
    if means in SENT and not _is_reachable(case):
        raise NoWayToTell
    content = content_of(application, language, at)
    told = OneTimeNotice.objects.create(
        application=application, policy=application.policy, means=means, language=language, content=content, told_at=at, by=by.actor_label
    )
    record(timeline_id=case.timeline_id, steps=[Step("connection.told_once", {"notice": told.pk, "means": str(means)})], by=by, at=at)
    if means in SENT:
        _send(told, case, at)
    return told


@transaction.atomic
def give_first(*, application: Application, at: datetime) -> OneTimeNotice | None:
    """What follows when an application is accepted: the notice goes out by itself, once, where we know a way. Safe to repeat."""
    case = application.case
    if not _is_reachable(case) or OneTimeNotice.objects.filter(application=application).exists():
        return None
    means = Contact.Means.SMS if case.contact_phone else Contact.Means.CABINET
    return give(application=application, means=means, language=language_of(case), by=BY, at=at)


def _is_reachable(case: Case) -> bool:
    return case.erased_at is None and bool(case.contact_phone or case.account_id)


def _send(told: OneTimeNotice, case: Case, at: datetime) -> None:
    content: dict[str, Any] = told.content
    context = {
        **notices.operations.words_about(case),
        "days": content["days"],
        "stages": [stage["name"] for stage in content["stages"]],
        "papers": content["papers"],
        "fees": content["fees"],
    }
    notices.operations.owe_to_asker(kind="connection_told_once", key=f"told_once:{told.pk}", case=case, context=context, at=at)
