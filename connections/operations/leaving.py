"""A desk that must be cleared: somebody leaves with all that they had, or passes all of it on. And nobody is left without a steward."""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.actors import Actor
from accounts.models import Absence, Staff
from casework.operations import Ended, StaleRow

from .. import steward_permissions
from ..models import Application, Stewardship
from ..queries import stewards as reads
from . import handover_notes, steward_messages
from .stewards import BY, Charge, Reason, assign, entrust

log = logging.getLogger(__name__)
#: Applications that one run looks at; the next run goes on.
BATCH = 200


@dataclass(frozen=True)
class Cleared:
    """What became of a desk: how many applications each colleague got, and how many stayed (changed meanwhile, or nobody to take them)."""

    taken: dict[int, int]
    left: int


@transaction.atomic
def hand_over_all(*, leaver: Staff, note: str, by: Actor, at: datetime) -> Cleared:
    """Spread all open applications of a colleague by territory and load, each with a note of where it stands.

    Whoever gets some hears of them once, however many; each applicant hears the name. One that somebody changes at this very moment
    stays and goes in the next run. Raises Forbidden.
    """
    steward_permissions.check_may_clear_desk(by, at=at)
    rows = _files_of(leaver)
    notes, team = handover_notes.notes_for(rows, words=note, at=at), reads.team_at(at)
    people = Staff.objects.select_related("user", "hall").in_bulk(list(team.people))
    reason, taken = (Reason.LEFT if leaver.left_at else Reason.HANDED_OVER), Counter[int]()
    for application in rows:
        key = team.choose(reads.place_of(application), but=[leaver.pk])
        if key is None:
            break
        charge = Charge(staff=people[key], reason=reason, note=notes[application.pk])
        taken[key] += _give(application, charge, by, at)
    for key, files in taken.items():
        if files:
            desk = f"desk:{leaver.pk}:{at:%Y%m%d%H%M%S}"
            steward_messages.tell_of_desk(steward=people[key], files=files, key=desk, at=at)
    return Cleared({key: files for key, files in taken.items() if files}, left=len(rows) - taken.total())


def leave_nobody_waiting(*, at: datetime) -> int:
    """Clear the desks of all who left, give a steward to what has none, and tell deputies whose turn begins; how many got a steward."""
    given = 0
    for leaver in Staff.objects.filter(stewardships__in=_standing().exclude(staff__left_at=None)).distinct():
        given += _clear(leaver, at)
    for application in _without_steward():
        given += _find_one(application, at)
    _tell_deputies(at)
    return given


def _clear(leaver: Staff, at: datetime) -> int:
    try:
        return sum(hand_over_all(leaver=leaver, note="", by=BY, at=at).taken.values())
    except Exception as error:  # noqa: BLE001 - whatever ails one desk, the others must be cleared
        log.error("a desk was not cleared", extra={"staff": leaver.pk, "error": type(error).__name__})
        return 0


def _give(application: Application, charge: Charge, by: Actor, at: datetime) -> int:
    try:
        with transaction.atomic():
            stewardship = entrust(application=application, charge=charge, by=by, at=at, is_told=False)
            steward_messages.tell_applicant(stewardship=stewardship, at=at)
    except (StaleRow, Ended):
        return 0
    return 1


def _find_one(application: Application, at: datetime) -> int:
    try:
        return 1 if assign(application=application, by=BY, at=at) else 0
    except (StaleRow, Ended):
        return 0


def _tell_deputies(at: datetime) -> None:
    """Of absences that have just begun; whoever stands in hears of each once."""
    begun = Absence.objects.filter(starts_at__lte=at, starts_at__gt=at - timedelta(days=1), ends_at__gt=at)
    files = dict(_standing().filter(staff__in=begun.values("staff")).values_list("staff").annotate(files=Count("pk")))
    for absence in begun.filter(staff__in=list(files)).select_related("deputy__user"):
        steward_messages.tell_deputy(deputy=absence.deputy, files=files[absence.staff_id], key=f"cover:{absence.pk}", at=at)


def _standing() -> QuerySet[Stewardship]:
    return Stewardship.objects.filter(until=None, application__case__closed_at=None)


def _files_of(staff: Staff) -> list[Application]:
    rows = Application.objects.filter(stewardships__in=_standing().filter(staff=staff)).order_by("pk")
    return list(rows.select_related("territory", "case__timeline", "case__hall", "case__account__customer", "case__premises__territory"))


def _without_steward() -> list[Application]:
    held = Stewardship.objects.filter(application=OuterRef("pk"), until=None)
    rows = Application.objects.filter(~Exists(held), case__closed_at=None)
    return list(rows.select_related("territory", "case__timeline", "case__hall", "case__premises__territory").order_by("pk")[:BATCH])
