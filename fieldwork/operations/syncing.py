"""Take in what a crew did on its device, perhaps hours ago and without signal: each deed once, in the device's order.

Note [Nothing vanishes]. A deed is written down under its key before it is carried out, in one transaction with it: a repeat finds
the row and is answered, two phones that send at once wait for each other. What is not possible any more is undone alone and kept
as refused, with the reason for the crew and the dispatcher; what was seen and photographed stays all the same. What breaks for
another reason is not written down: the device keeps it and sends it again, and the deeds after it go on.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from accounts.models import Staff, User
from accounts.permissions import Forbidden
from accounts.queries import current_staff
from casework.operations import StaleRow

from .. import queries, skew
from ..models import Crew, DeviceAction, Offer, Visit
from ..permissions import NotYourVisit
from . import deeds
from .deeds import REFUSALS, Deed

log = logging.getLogger(__name__)

#: Deeds in one batch; a device with more sends them in turns.
MOST = 200


class NotInCrew(Forbidden):
    """Whoever acts at doors is in a crew."""

    def __init__(self) -> None:
        super().__init__(_("You are in no crew now. Ask the dispatcher; what is on your phone stays there."))


class TooMany(Exception):
    """More deeds than one batch holds."""

    def __init__(self) -> None:
        super().__init__(_("Send at most %(most)s steps at once.") % {"most": MOST})


class Refused(Exception):
    """What somebody wanted to do just now is not possible (any more)."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A deed as the device tells it: its key, and what the device's clock said."""

    key: str
    device_at: datetime
    deed: Deed


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What became of a deed: applied, refused with the reason, or later (send it again). ``happened_at`` is by our clock."""

    key: str
    outcome: str
    why: str = ""
    happened_at: datetime | None = None


LATER = "later"


@dataclass(frozen=True, kw_only=True)
class _Sender:
    """Whose deeds they are, and everything about the batch that each of them needs."""

    staff: Staff
    crew: Crew
    ahead: timedelta
    at: datetime


def take_in(*, told: Sequence[Told], ahead: timedelta, by: User, at: datetime) -> list[Heard]:
    """Carry out a batch in the device's order, each deed in a transaction of its own. ``ahead`` is the skew of the device's clock.

    Raises NotInCrew, TooMany; the database's own trouble ends the batch, and what was carried out is known when it is sent again.
    """
    if len(told) > MOST:
        raise TooMany
    sender = _sender(by, ahead, at)
    visits = _visits({one.deed.visit for one in told})
    since = _offered_at(sender.crew, visits)
    known = {row.key: _heard(row) for row in DeviceAction.objects.filter(staff=sender.staff, key__in=[one.key for one in told])}
    moments = skew.by_our_clock([one.device_at for one in told], ahead, at)
    found = []
    for one, moment in zip(told, moments, strict=True):
        if one.key not in known:
            visit = visits.get(one.deed.visit)
            floor = since.get(one.deed.visit)
            known[one.key] = _once(sender, one, visit if floor else None, max(moment, floor) if floor else moment)
            if visit is not None and known[one.key].outcome != DeviceAction.Outcome.APPLIED:
                # Undone in the database but not in memory, where the head of its timeline now says what never was.
                visits |= _visits({visit.pk})
        found.append(known[one.key])
    return found


def do_now(*, deed: Deed, key: str, by: User, at: datetime) -> None:
    """Carry out one deed of somebody who is connected; a repeat with the same key does nothing. Raises Refused, NotInCrew.

    A refusal is kept too, with what was found, but the dispatcher need not look: who was refused knows.
    """
    sender = _sender(by, timedelta(), at)
    row = DeviceAction.objects.filter(staff=sender.staff, key=key).first()
    heard = _heard(row) if row else None
    if heard is None:
        visits = _visits({deed.visit})
        floor = _offered_at(sender.crew, visits).get(deed.visit)
        told = Told(key=key, device_at=at, deed=deed)
        heard = _write_down(sender, told, visits.get(deed.visit) if floor else None, at)
        DeviceAction.objects.filter(staff=sender.staff, key=key, outcome=DeviceAction.Outcome.REFUSED).update(seen_at=at)
    if heard.outcome == DeviceAction.Outcome.REFUSED:
        raise Refused(heard.why)


def note_seen(*, action: DeviceAction, by: User, at: datetime) -> None:
    """A dispatcher has looked at a refused deed. Doing it twice is no mistake."""
    DeviceAction.objects.filter(pk=action.pk, seen_at=None).update(seen_at=at)


def _sender(by: User, ahead: timedelta, at: datetime) -> _Sender:
    crew = queries.crews_of(by, at).first()
    if crew is None:
        raise NotInCrew
    return _Sender(staff=current_staff(by), crew=crew, ahead=ahead, at=at)


def _visits(keys: set[int]) -> dict[int, Visit]:
    return Visit.objects.select_related("timeline", "crew", "case").in_bulk(keys)


def _offered_at(crew: Crew, visits: Mapping[int, Visit]) -> dict[int, datetime]:
    """When each visit was first put to this crew; those that never were are none of its business."""
    rows = Offer.objects.filter(crew=crew, visit__in=list(visits)).order_by("-at")
    return dict(rows.values_list("visit_id", "at"))


def _once(sender: _Sender, one: Told, visit: Visit | None, moment: datetime) -> Heard:
    try:
        return _write_down(sender, one, visit, moment)
    except (OperationalError, InterfaceError):
        raise
    except IntegrityError:
        # The same device sent it twice at once; the other one was first.
        row = DeviceAction.objects.filter(staff=sender.staff, key=one.key).first()
        return _heard(row) if row else Heard(key=one.key, outcome=LATER)
    except Exception as error:  # noqa: BLE001 - one deed that breaks us must not keep the others on the phone
        log.error("deed broke", extra={"verb": one.deed.verb, "error": type(error).__name__})
        return Heard(key=one.key, outcome=LATER)


@transaction.atomic
def _write_down(sender: _Sender, one: Told, visit: Visit | None, moment: datetime) -> Heard:
    """See Note [Nothing vanishes]."""
    row = DeviceAction(
        key=one.key,
        crew=sender.crew,
        staff=sender.staff,
        visit=visit,
        verb=one.deed.verb,
        device_at=one.device_at,
        skew_ms=sender.ahead // timedelta(milliseconds=1),
        happened_at=moment,
        received_at=sender.at,
        outcome=DeviceAction.Outcome.APPLIED,
    )
    row.save(force_insert=True)
    if why := _carry_out(sender, one.deed, visit, moment):
        row.outcome, row.why = DeviceAction.Outcome.REFUSED, why[:300]
        row.save(update_fields=["outcome", "why"])
    return _heard(row)


def _carry_out(sender: _Sender, deed: Deed, visit: Visit | None, moment: datetime) -> str:
    """Why it is not possible any more; empty when it is done."""
    if visit is None:
        return str(NotYourVisit())
    try:
        _try(sender, deed, visit, moment)
    except StaleRow:
        # Somebody else moved the visit since we read it: look again, once.
        visit = _visits({visit.pk})[visit.pk]
        try:
            _try(sender, deed, visit, moment)
        except (StaleRow, *REFUSALS) as refusal:
            return _keep_refused(sender, deed, visit, moment, refusal)
    except REFUSALS as refusal:
        return _keep_refused(sender, deed, visit, moment, refusal)
    return ""


@transaction.atomic
def _try(sender: _Sender, deed: Deed, visit: Visit, moment: datetime) -> None:
    deeds.carry_out(visit=visit, deed=deed, by=sender.staff, at=sender.at, happened_at=moment)


def _keep_refused(sender: _Sender, deed: Deed, visit: Visit, moment: datetime, refusal: Exception) -> str:
    visit = _visits({visit.pk})[visit.pk]
    deeds.keep_refused(visit=visit, deed=deed, by=sender.staff, at=sender.at, happened_at=moment)
    return deeds.why_not(visit, refusal)


def _heard(row: DeviceAction) -> Heard:
    return Heard(key=row.key, outcome=row.outcome, why=row.why, happened_at=row.happened_at)
