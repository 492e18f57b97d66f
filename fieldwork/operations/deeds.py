"""What crews do at doors, by the verb with which a phone names it: one table for pages, the API, and what comes later from a device."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

import accounts.permissions
from accounts.models import Staff
from accounts.permissions import Forbidden
from casework.operations import NotTaken, ReasonMissing, WrongMove

from .. import permissions
from ..models import Visit
from ..permissions import NotYourVisit
from ..states import VisitStatus
from . import bookings, meter_readings, offers, signatures, visits, work
from .evidence import Findings, keep_evidence
from .steps import TooLongAgo
from .work import NewWork

S = VisitStatus


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing a crew says it did on a visit.

    ``outcome`` goes with finish, ``reason`` with decline and give_back, ``code`` with sign, ``litres`` with read_meter.
    """

    visit: int
    verb: str
    found: Findings = field(default_factory=Findings)
    outcome: str = ""
    reason: str = ""
    code: str = ""
    work: NewWork | None = None
    litres: int = -1


#: What a deed may be refused for, in sentences for the crew; a StaleRow is tried again first.
REFUSALS: tuple[type[Exception], ...] = (
    *(WrongMove, ReasonMissing, NotTaken, Forbidden, TooLongAgo, visits.NotOnSite, visits.UnknownOutcome, bookings.NotYetExpected),
    *(work.UnknownPart, work.NothingDone, work.VisitEnded, meter_readings.NoMeterToRead, meter_readings.BadRegister),
    *(signatures.AlreadySigned, signatures.NotSigned, signatures.WrongCode, signatures.TooManyCodes),
)
type _Act = Callable[[Visit, Deed, dict[str, Any]], object]

#: The steps of a visit; the third is by whom, when, and by whom it was told.
MOVES: Mapping[str, _Act] = {
    "accept": lambda visit, deed, when: offers.accept(visit=visit, **when),
    "decline": lambda visit, deed, when: offers.decline(visit=visit, reason=deed.reason, **when),
    "set_off": lambda visit, deed, when: visits.set_off(visit=visit, **when),
    "arrive": lambda visit, deed, when: visits.arrive(visit=visit, **when),
    "made_safe": lambda visit, deed, when: visits.made_safe(visit=visit, **when),
    "restored": lambda visit, deed, when: visits.restored(visit=visit, **when),
    "finish": lambda visit, deed, when: visits.finish(visit=visit, outcome=deed.outcome, **when),
    "find_nobody": lambda visit, deed, when: visits.find_nobody(visit=visit, **when),
    "give_back": lambda visit, deed, when: visits.give_back(visit=visit, reason=deed.reason, **when),
}
VERBS = (*MOVES, "evidence", "work", "read_meter", "sign")
#: A step -> where the visit stands when a crewmate took it before, or it was skipped: nothing to do but to keep what was found.
_SO_ALREADY: Mapping[str, frozenset[str]] = {
    "accept": frozenset({S.ACCEPTED, S.ON_THE_WAY, S.ON_SITE, S.DONE, S.NO_ACCESS}),
    "set_off": frozenset({S.ON_THE_WAY, S.ON_SITE, S.DONE, S.NO_ACCESS}),
    "arrive": frozenset({S.ON_SITE, S.DONE, S.NO_ACCESS}),
    "finish": frozenset({S.DONE}),
    "find_nobody": frozenset({S.NO_ACCESS}),
}


def carry_out(*, visit: Visit, deed: Deed, by: Staff, at: datetime, happened_at: datetime) -> None:
    """Do one deed in the caller's transaction, and keep what was found with it. Raises REFUSALS, StaleRow."""
    when: dict[str, Any] = {"at": at, "happened_at": happened_at}
    if deed.verb == "sign":
        permissions.check_may_visit(by.user, visit, at=happened_at)
        signatures.sign(visit=visit, found=deed.found, code=deed.code, by=by, **when)
        return
    if deed.verb == "work":
        permissions.check_may_visit(by.user, visit, at=happened_at)
        work.add_work(visit=visit, work=deed.work or NewWork(), by=by, **when)
    elif deed.verb == "read_meter":
        permissions.check_may_visit(by.user, visit, at=happened_at)
        meter_readings.read_meter(visit=visit, litres=deed.litres, by=by, **when)
    elif deed.verb == "evidence":
        permissions.check_may_visit(by.user, visit, at=happened_at)
    elif not (_is_so_already(visit, deed, by, happened_at) or _is_rid_of_it(visit, deed, by, happened_at)):
        MOVES[deed.verb](visit, deed, {"by": by.user, **when})
    keep_found(visit=visit, deed=deed, by=by, at=at, happened_at=happened_at)


def keep_found(*, visit: Visit, deed: Deed, by: Staff, at: datetime, happened_at: datetime) -> None:
    """Keep what was found with a deed, whatever becomes of the deed itself; in the caller's transaction."""
    if deed.found:
        keep_evidence(visit=visit, step=deed.verb, found=deed.found, by=by, at=at, happened_at=happened_at)


def keep_refused(*, visit: Visit, deed: Deed, by: Staff, at: datetime, happened_at: datetime) -> None:
    """Of a deed that was not possible any more: what was found, and the words that went with it."""
    words = " · ".join(text for text in (deed.found.note.strip(), deed.reason.strip()) if text)
    keep_found(visit=visit, deed=replace(deed, found=replace(deed.found, note=words)), by=by, at=at, happened_at=happened_at)


def why_not(visit: Visit, refusal: Exception) -> str:
    """The reason for the crew: who has the visit now tells them more than that they do not."""
    if not isinstance(refusal, NotYourVisit):
        return str(refusal)
    if visit.status == S.CANCELLED:
        return _("This visit was called off meanwhile. What you noted and photographed is kept.")
    if visit.crew is not None:
        return _("Another crew has this visit now: %(crew)s. What you noted and photographed is kept.") % {"crew": visit.crew}
    return _(
        "You do not have this visit any more: it was taken back, or the time to answer ran out. What you noted and photographed is kept."
    )


def _is_so_already(visit: Visit, deed: Deed, by: Staff, happened_at: datetime) -> bool:
    if visit.status not in _SO_ALREADY.get(deed.verb, ()):
        return False
    if deed.verb == "finish" and visit.outcome != deed.outcome:
        return False
    permissions.check_may_visit(by.user, visit, at=happened_at)
    return True


def _is_rid_of_it(visit: Visit, deed: Deed, by: Staff, happened_at: datetime) -> bool:
    """Whoever does not want a visit and does not have it has what they want."""
    if deed.verb not in {"decline", "give_back"}:
        return False
    return not accounts.permissions.may(permissions.check_may_visit, by.user, visit, at=happened_at)
