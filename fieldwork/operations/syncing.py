"""Take in what a crew did on its device, perhaps hours ago and without signal: each deed once, in the device's order.

Note [Nothing vanishes]. A deed is written down under its key before it is carried out, in one transaction with it: a repeat finds
the row and is answered, two phones that send at once wait for each other. What is not possible any more is undone alone and kept
as refused, with the reason for the crew and the dispatcher; what was seen and photographed stays all the same. What breaks for
another reason is not written down: the device keeps it and sends it again, and the deeds after it go on.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from accounts.models import Staff, User
from accounts.permissions import Forbidden
from accounts.queries import current_staff, keep_grants_at_hand
from casework.operations import StaleRow

from .. import queries, skew
from ..models import Crew, DeviceAction, Visit
from ..permissions import NotYourVisit
from ..queries import phones
from . import deeds
from .deeds import REFUSALS, Deed

log = logging.getLogger(__name__)

#: Deeds in one batch; a device with more sends them in turns.
MOST = 200


class NotInCrew(Forbidden):
    """Whoever acts at doors is in a crew."""

    def __init__(self) -> None:
        super().__init__(_("You are in no crew now. Ask the dispatcher; what is on your phone stays there."))


#: A deed that met one of these is looked at once more, or kept as refused.
_NOT_NOW: tuple[type[Exception], ...] = (StaleRow, *REFUSALS)


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
class _Batch:
    """Whose deeds they are, and what each of them needs: the visits that this crew was ever asked to take, and since when."""

    staff: Staff
    crew: Crew
    ahead: timedelta
    at: datetime
    visits: dict[int, Visit]
    since: Mapping[int, datetime]

    def look_again(self, visit: int) -> Visit:
        """A visit as it is now. What was undone in the database is not undone in memory: its timeline's head would say what never was."""
        self.visits[visit] = _visits([visit])[visit]
        return self.visits[visit]


def take_in(*, told: Sequence[Told], ahead: timedelta, by: User, at: datetime) -> list[Heard]:
    """Carry out a batch in the device's order, each deed in a transaction of its own. ``ahead`` is the skew of the device's clock.

    Raises NotInCrew, TooMany; the database's own trouble ends the batch, and what was carried out is known when it is sent again.
    """
    if len(told) > MOST:
        raise TooMany
    batch = _batch(by, [one.deed.visit for one in told], ahead, at)
    known = {row.key: _heard(row) for row in DeviceAction.objects.filter(staff=batch.staff, key__in=[one.key for one in told])}
    moments = skew.by_our_clock([one.device_at for one in told], ahead, at)
    for one, moment in zip(told, moments, strict=True):
        if one.key not in known:
            known[one.key] = _once(batch, one, moment)
    return [known[one.key] for one in told]


def do_now(*, deed: Deed, key: str, by: User, at: datetime) -> None:
    """Carry out one deed of somebody who is connected; a repeat with the same key does nothing. Raises Refused, NotInCrew.

    A refusal is kept too, with what was found, but the dispatcher need not look: who was refused knows.
    """
    batch = _batch(by, [deed.visit], timedelta(), at)
    row = DeviceAction.objects.filter(staff=batch.staff, key=key).first()
    heard = _heard(row) if row else _write_down(batch, Told(key=key, device_at=at, deed=deed), at)
    if heard.outcome == DeviceAction.Outcome.REFUSED:
        DeviceAction.objects.filter(staff=batch.staff, key=key, seen_at=None).update(seen_at=at)
        raise Refused(heard.why)


def note_seen(*, action: DeviceAction, by: User, at: datetime) -> None:
    """A dispatcher has looked at a refused deed. Doing it twice is no mistake."""
    DeviceAction.objects.filter(pk=action.pk, seen_at=None).update(seen_at=at)


def _batch(by: User, keys: Sequence[int], ahead: timedelta, at: datetime) -> _Batch:
    crew = queries.crews_of(by, at).first()
    if crew is None:
        raise NotInCrew
    staff = current_staff(by)
    # The first offer counts: visits that their crews were never asked to take are none of their business.
    since = dict(phones.offers_to(staff).filter(visit__in=set(keys)).order_by("-at").values_list("visit_id", "at"))
    keep_grants_at_hand(staff.user)
    return _Batch(staff=staff, crew=crew, ahead=ahead, at=at, visits=_visits(since), since=since)


def _visits(keys: Iterable[int]) -> dict[int, Visit]:
    return Visit.objects.select_related("timeline", "crew", "case").in_bulk(list(keys))


def _once(batch: _Batch, one: Told, moment: datetime) -> Heard:
    try:
        return _write_down(batch, one, moment)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - one deed that breaks us must not keep the others on the phone
        if one.deed.visit in batch.visits:
            batch.look_again(one.deed.visit)
        # Sent twice at once, the other one was first.
        if isinstance(error, IntegrityError) and (row := DeviceAction.objects.filter(staff=batch.staff, key=one.key).first()):
            return _heard(row)
        log.error("deed broke", extra={"verb": one.deed.verb, "error": type(error).__name__})
        return Heard(key=one.key, outcome=LATER)


@transaction.atomic
def _write_down(batch: _Batch, one: Told, moment: datetime) -> Heard:
    """See Note [Nothing vanishes]."""
    visit = batch.visits.get(one.deed.visit)
    row = DeviceAction(
        key=one.key,
        crew=batch.crew,
        staff=batch.staff,
        visit=visit,
        verb=one.deed.verb,
        device_at=one.device_at,
        skew_ms=batch.ahead // timedelta(milliseconds=1),
        happened_at=moment if visit is None else max(moment, batch.since[visit.pk]),
        received_at=batch.at,
        outcome=DeviceAction.Outcome.APPLIED,
    )
    row.save(force_insert=True)
    if why := _carry_out(batch, one.deed, visit, row.happened_at):
        row.outcome, row.why = DeviceAction.Outcome.REFUSED, why[:300]
        row.save(update_fields=["outcome", "why"])
    return _heard(row)


def _carry_out(batch: _Batch, deed: Deed, visit: Visit | None, moment: datetime) -> str:
    """Why it is not possible any more; empty when it is done."""
    if visit is None:
        return str(NotYourVisit())
    for _try in range(2):
        known = visit.version
        try:
            with transaction.atomic():
                deeds.carry_out(visit=visit, deed=deed, by=batch.staff, at=batch.at, happened_at=moment)
        except _NOT_NOW as no:
            refusal: Exception = no
        else:
            return ""
        visit = batch.look_again(visit.pk)
        # Judged by where the visit stood when we read it: has somebody moved it since (or this very batch, sent twice), once more.
        if visit.version == known and not isinstance(refusal, StaleRow):
            break
    deeds.keep_refused(visit=visit, deed=deed, by=batch.staff, at=batch.at, happened_at=moment)
    return deeds.why_not(visit, refusal)


def _heard(row: DeviceAction) -> Heard:
    return Heard(key=row.key, outcome=row.outcome, why=row.why, happened_at=row.happened_at)
