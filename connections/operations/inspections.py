"""The acceptance of what was built: passed, or failed with everything named at once (CON-06), mended, and looked at again.

Note [Who may let gas in]. A critical defect that is open keeps the gas off. It is asked in ``gas_on`` under the lock of the case under
which defects are written, so that no door leads around it: a defect noted a moment before is seen, one noted a moment after finds the
gas on and is an emergency's matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import casework.permissions
from accounts.actors import Actor
from casework.models import Attachment
from casework.operations import StaleRow, Step, move_case, record

from .. import works_permissions
from ..models import Application, Deed, Defect
from ..queries.defects import keeps_gas_off, open_defects
from ..states import ConnectionStatus
from . import stage_course, stages
from .holding import hold

C = ConnectionStatus
#: Where an inspector may still find something.
INSPECTABLE = (C.ACCEPTANCE, C.CORRECTIONS, C.READY)


class NothingFound(Exception):
    """An acceptance fails for something, all of which is named."""

    def __init__(self) -> None:
        super().__init__(_("Name what has to be corrected."))


class NotInspected(Exception):
    """There is nothing yet, or no longer, to be inspected."""

    def __init__(self) -> None:
        super().__init__(_("Nothing is being inspected here now."))


class DueInThePast(Exception):
    """Whoever has to mend it needs time."""

    def __init__(self) -> None:
        super().__init__(_("Choose a day to come by which it has to be mended."))


class CriticalOpen(Exception):
    """Gas would flow into something dangerous."""

    def __init__(self) -> None:
        super().__init__(_("A critical defect is open: no gas before it is mended and checked."))


class NotTheirs(Exception):
    """Each mends what is theirs."""

    def __init__(self) -> None:
        super().__init__(_("This is not yours to mend, or nothing has to be mended there any more."))


class NotMended(Exception):
    """Whoever mended it says so first; then it is looked at."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has said yet that this is mended."))


@dataclass(frozen=True, kw_only=True)
class Found:
    """One defect: how bad, what, which clause it breaks, who mends it, until when; ``photo`` is an attachment of the case."""

    grade: str
    text: str
    party: str
    due_at: datetime
    clause: str = ""
    photo: Attachment | None = None


@transaction.atomic
def fail(*, application: Application, found: Sequence[Found], by: Actor, at: datetime) -> list[Defect]:
    """The acceptance failed, for all of this; or a defect was found after it was passed. The applicant gets the whole list.

    Raises NothingFound, DueInThePast, NotInspected, Ended, Forbidden.
    """
    works_permissions.check_may_inspect(by, at=at)
    case = hold(application).case
    if case.status not in INSPECTABLE:
        raise NotInspected
    if not found or not all(one.text.strip() for one in found):
        raise NothingFound
    if any(one.due_at <= at for one in found):
        raise DueInThePast
    defects = [_write(application, one, by, at) for one in found]
    facts = {"defects": [defect.pk for defect in defects], "critical": sum(one.grade == Defect.Grade.CRITICAL for one in found)}
    record(timeline_id=case.timeline_id, steps=[Step("connection.defects_found", facts)], by=by, at=at)
    if case.status != C.CORRECTIONS:
        move_case(case=case, verb="doubt" if case.status == C.READY else "fail", by=by, at=at)
        stages.come_back(application=application, by=by, at=at)
    return defects


@transaction.atomic
def mend(*, defect: Defect, by: Actor, at: datetime) -> Defect:
    """Somebody says that it is mended; when all are, an inspector looks again. Again changes nothing. Raises Ended, Forbidden."""
    application = hold(defect.application)
    works_permissions.check_may_build(by, at=at)
    # As it is now: whoever looked at it meanwhile may have found it good, or not.
    defect.refresh_from_db(fields=["mended_at", "checked_at", "version"])
    if defect.mended_at is not None:
        return defect
    _change(defect, mended_at=at)
    steps = [Step("connection.defect_mended", {"defect": defect.pk})]
    record(timeline_id=application.case.timeline_id, steps=steps, by=by, at=at)
    if application.case.status == C.CORRECTIONS and not open_defects(application).filter(mended_at=None).exists():
        move_case(case=application.case, verb="correct", by=stage_course.BY, at=at)
        stages.come_back(application=application, by=by, at=at)
    return defect


@transaction.atomic
def tell_mended(*, defect: Defect, by: Actor, at: datetime) -> Defect:
    """The applicant says that what was theirs to mend is mended. Staff hear it and look: by itself it changes nothing else.

    Said again it is the same. Raises NotTheirs, Ended, NotYourCase.
    """
    casework.permissions.check_may_contact(by, defect.application.case, at=at)
    application = hold(defect.application)
    defect.refresh_from_db(fields=["told_at", "mended_at", "checked_at", "version"])
    if defect.party != Defect.Party.APPLICANT or defect.checked_at is not None:
        raise NotTheirs
    if defect.told_at is None and defect.mended_at is None:
        _change(defect, told_at=at)
        steps = [Step("connection.defect_told_mended", {"defect": defect.pk})]
        record(timeline_id=application.case.timeline_id, steps=steps, by=by, at=at)
    return defect


@transaction.atomic
def check(*, defect: Defect, is_good: bool, seen: int, by: Actor, at: datetime) -> Defect:
    """An inspector looked: it is good, or it has to be mended once more. Raises NotMended, StaleRow, Ended, Forbidden."""
    works_permissions.check_may_inspect(by, at=at)
    application = hold(defect.application)
    defect.refresh_from_db()
    if defect.version != seen or defect.checked_at is not None:
        raise StaleRow
    if defect.mended_at is None:
        raise NotMended
    if is_good:
        _change(defect, checked_at=at, checked_by=by.actor_label)
    else:
        _change(defect, mended_at=None, told_at=None)
    verb = "connection.defect_checked" if is_good else "connection.defect_not_mended"
    record(timeline_id=application.case.timeline_id, steps=[Step(verb, {"defect": defect.pk})], by=by, at=at)
    if not is_good and application.case.status == C.ACCEPTANCE:
        move_case(case=application.case, verb="fail", by=by, at=at)
        stages.come_back(application=application, by=by, at=at)
    return defect


@transaction.atomic
def accept(*, application: Application, by: Actor, at: datetime) -> Application:
    """The acceptance is passed. What is serious or minor may be mended later; what is critical may not. Raises CriticalOpen, WrongMove,
    Ended, StaleRow, Forbidden."""
    works_permissions.check_may_inspect(by, at=at)
    case = hold(application).case
    if keeps_gas_off(application):
        raise CriticalOpen
    move_case(case=case, verb="pass", by=by, at=at)
    stages.finish_by_deed(application=application, deed=Deed.ACCEPTANCE, by=by, at=at)
    return application


def _write(application: Application, found: Found, by: Actor, at: datetime) -> Defect:
    return Defect.objects.create(
        application=application,
        grade=found.grade,
        text=found.text.strip()[:300],
        clause=found.clause.strip()[:80],
        party=found.party,
        photo=found.photo,
        due_at=found.due_at,
        found_at=at,
        found_by=by.actor_label,
    )


def _change(defect: Defect, **fields: object) -> None:
    for name, value in {**fields, "version": defect.version + 1}.items():
        setattr(defect, name, value)
    defect.save(update_fields=[*fields, "version"])
