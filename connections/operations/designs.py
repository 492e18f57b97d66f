"""The drawing of a connection, one version after the other: a file of the case that the applicant may open too."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

import casework.permissions
from accounts.actors import Actor
from casework.operations import Ended, Step, attach, record

from ..models import Application, Design
from .holding import hold_case


@transaction.atomic
def add_design(*, application: Application, file: "File[bytes]", note: str = "", by: Actor, at: datetime) -> Design:
    """Keep a new version of the design. Raises NotTaken for a file that is no drawing, Ended, Forbidden."""
    casework.permissions.check_may_handle(by, application.case, at=at)
    hold_case(application.case)
    if not application.case.is_unfinished:
        raise Ended
    attachment = attach(case=application.case, file=file, by=by, at=at)
    last = application.designs.order_by("-number").first()
    design = Design.objects.create(
        application=application,
        number=last.number + 1 if last else 1,
        attachment=attachment,
        note=note.strip()[:300],
        made_at=at,
        made_by=by.actor_label,
    )
    facts = {"design": design.number, "attachment": attachment.pk}
    record(timeline_id=application.case.timeline_id, steps=[Step("connection.design_made", facts)], by=by, at=at)
    return design
