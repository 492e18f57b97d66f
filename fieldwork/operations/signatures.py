"""Somebody at the door puts their name to the work: a drawing on the crew's phone, or the code that only the customer was shown."""

import hmac
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Staff
from casework.operations import Step, record

from ..models import DeviceAction, Evidence, Signature, Visit
from .evidence import Findings, keep_evidence

#: The step under which a drawing is kept as evidence until, and after, it is a signature.
STEP = "sign"
_TRIES = 5


class AlreadySigned(Exception):
    """A visit is signed for once."""

    def __init__(self) -> None:
        super().__init__(_("This visit is signed for already."))


class NotSigned(Exception):
    """Neither a drawing nor a code."""

    def __init__(self) -> None:
        super().__init__(_("Let the customer sign, or type the code that they see."))


class WrongCode(Exception):
    """Not the code this customer was shown."""

    def __init__(self) -> None:
        super().__init__(_("This is not the code that the customer sees. Let them read it out again, or sign on the screen."))


class TooManyCodes(Exception):
    """Codes are tried out."""

    def __init__(self) -> None:
        super().__init__(_("Too many wrong codes. Let the customer sign on the screen."))


@transaction.atomic
def sign(*, visit: Visit, found: Findings, code: str, by: Staff, at: datetime, happened_at: datetime | None = None) -> None:
    """The customer signed. With a code, it must be theirs; else the drawing counts as soon as it has come, under its key in ``found``.

    ``found.note`` is who signed. Raises AlreadySigned, NotSigned, WrongCode, TooManyCodes.
    """
    if Signature.objects.filter(visit=visit).exists():
        raise AlreadySigned
    if code.strip():
        _check_code(visit, code)
        _write(visit, by, at, name=found.note, is_by_code=True, happened_at=happened_at or at)
        return
    if not found.photos:
        raise NotSigned
    for row in keep_evidence(visit=visit, step=STEP, found=found, by=by, at=at, happened_at=happened_at):
        settle(evidence=row, by=by, at=at)


def settle(*, evidence: Evidence, by: Staff, at: datetime) -> None:
    """Make a drawing that has come a signature, unless the visit has one; in the caller's transaction."""
    if evidence.step != STEP or evidence.photo_id is None or Signature.objects.filter(visit=evidence.visit).exists():
        return
    _write(evidence.visit, by, at, name=evidence.note, drawing=evidence.photo, happened_at=evidence.happened_at)


def _check_code(visit: Visit, code: str) -> None:
    refused = DeviceAction.objects.filter(visit=visit, verb=STEP, outcome=DeviceAction.Outcome.REFUSED)
    if refused.count() >= _TRIES:
        raise TooManyCodes
    if not hmac.compare_digest(visit.sign_code.encode(), "".join(code.split()).encode()):
        raise WrongCode


def _write(visit: Visit, by: Staff, at: datetime, **known: object) -> None:
    row = Signature(visit=visit, **known)
    row.name = row.name.strip()[:120]
    row.save(force_insert=True)
    facts = {"visit": visit.pk, "by_code": int(row.is_by_code)}
    told = {} if row.happened_at == at else {"happened_at": row.happened_at.isoformat()}
    record(timeline_id=visit.timeline_id, steps=[Step("visit.signed", {**facts, **told})], by=by.user, at=at)
