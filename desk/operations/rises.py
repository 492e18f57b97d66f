"""Find unusual rises, tell the supervisors of each once, acknowledge and explain them, and let them end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

import notices.operations
import sla.queries.roster
from accounts.models import Staff, User
from accounts.permissions import check_verb
from accounts.queries import current_staff
from accounts.roles import Role, Verb

from ..early_clusters import Rise, rises
from ..models import EarlyCluster
from ..queries.rises import LOOKS, WINDOWS, reports

#: Danger is told at any hour.
_SAFETY = ("fault.leak", "fault.pipe")


class ExplainedAlready(Exception):
    """Somebody said why before."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has said already what it comes from."))


@dataclass(frozen=True)
class _Named:
    """Stands in a letter's context; becomes words in the language of whoever reads the letter."""

    row: EarlyCluster

    def __str__(self) -> str:
        return self.row.title


def look_for_rises(*, window: str, at: datetime) -> list[EarlyCluster]:
    """One look at the reports of a window: new rises are told, lasting ones followed, past ones ended. Returns the new ones."""
    found = rises(reports(window, at=at), window=WINDOWS[window].total_seconds(), looks_a_day=LOOKS[window])
    with transaction.atomic():
        lasting = list(EarlyCluster.objects.select_for_update(no_key=True).filter(ended_at=None).order_by("pk"))
        new = [row for rise in found if (row := _follow_or_keep(rise, lasting, window, at)) is not None]
        quiet = Q(seen_at__lt=at - timedelta(days=1), window=EarlyCluster.Window.DAY)
        quiet |= Q(seen_at__lt=at - timedelta(days=2), window=EarlyCluster.Window.WEEK)
        EarlyCluster.objects.filter(quiet, ended_at=None).update(ended_at=at)
        for row in new:
            _tell(row, at)
    return new


@transaction.atomic
def acknowledge(*, rise: EarlyCluster, by: User, at: datetime) -> None:
    """Somebody has taken notice; whoever was first stands there. Raises Forbidden."""
    check_verb(by, Verb.SEE_BOARD, at=at)
    waiting = EarlyCluster.objects.filter(pk=rise.pk, acknowledged_at=None)
    waiting.update(acknowledged_at=at, acknowledged_by=current_staff(by))


@transaction.atomic
def explain(*, rise: EarlyCluster, cause: str, explanation: str, by: User, at: datetime) -> None:
    """Say what it comes from; that acknowledges it too. Raises Forbidden, ExplainedAlready."""
    acknowledge(rise=rise, by=by, at=at)
    said = {"cause": cause, "explanation": explanation, "explained_at": at, "explained_by": current_staff(by)}
    if not EarlyCluster.objects.filter(pk=rise.pk, explained_at=None).update(**said):
        raise ExplainedAlready


def _follow_or_keep(rise: Rise, lasting: list[EarlyCluster], window: str, at: datetime) -> EarlyCluster | None:
    """The new row; None where it is one that lasts: the same cell, or the same trouble seen from another side."""
    cell = rise.cell
    for row in lasting:
        is_same = (row.kind, row.district_id or 0, row.meter_model) == (cell.kind, cell.district, cell.model)
        if is_same or (row.kind == cell.kind and 2 * row.cases.filter(pk__in=rise.cases).count() > len(rise.cases)):
            numbers = {"doors": rise.doors, "usual": rise.usual, "chance": rise.chance} if row.window == window and is_same else {}
            EarlyCluster.objects.filter(pk=row.pk).update(seen_at=at, **numbers)
            row.cases.add(*rise.cases)
            return None
    place = {"kind": cell.kind, "district_id": cell.district or None, "meter_model": cell.model, "window": window}
    numbers = {"doors": rise.doors, "usual": rise.usual, "chance": rise.chance}
    made = EarlyCluster.objects.create(**place, **numbers, found_at=at, seen_at=at)
    made.cases.add(*rise.cases)
    lasting.append(made)
    return made


def _tell(row: EarlyCluster, at: datetime) -> None:
    people = sla.queries.roster.roster_at(at).told(Role.SUPERVISOR, hall=None, owner=None)
    notices.operations.owe_to_staff(
        kind="early_cluster",
        key=f"early_cluster:{row.pk}",
        staff=list(Staff.objects.filter(pk__in=people).select_related("user").order_by("pk")),
        context={
            "what": _Named(row),
            "where": row.district.name if row.district else "",
            "model": row.meter_model,
            "doors": str(row.doors),
            "hours": str(int(WINDOWS[row.window].total_seconds() // 3600)),
            "usual": f"{row.usual:.1f}",
        },
        at=at,
        link=f"/staff/rises/{row.pk}/",
        is_safety=row.kind in _SAFETY,
    )
