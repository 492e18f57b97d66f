"""What a steward has in hand, by what is due next, and whose turn it is."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from accounts.clock import business_date, business_midnight
from accounts.models import Absence, Staff
from fieldwork.models import Booking

from ..models import Application, Ball, Mandate, Paper, Stage, Stewardship
from ..states import PaperStatus, StageStatus
from .applicants import ball_of
from .papers import in_words

#: How soon something is due, in the order in which a steward reads it.
BANDS = ("late", "today", "week", "later", "open")
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class File:
    """One application in a steward's hands. ``due_at`` is the next thing that is due of us, ``what`` names it in words."""

    application: Application
    owner: Staff
    due_at: datetime | None
    what: str
    ball: str
    turns: Sequence[str]
    missing: int
    visit_at: datetime | None
    is_mandated: bool
    band: str


@dataclass(frozen=True)
class Portfolio:
    """The files, the most pressing first; how many there are by whose turn it is; for whom the reader stands in."""

    files: Sequence[File]
    balls: Mapping[str, int]
    covered: Sequence[Staff]

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(file.band == "late" for file in self.files)


def portfolio(staff: Staff, at: datetime, *, ball: str = "") -> Portfolio:
    """All open applications of somebody, and of those they stand in for now; ``ball``: only where it is that side's turn.

    Six statements, however many they are.
    """
    away = Absence.objects.filter(deputy=staff, starts_at__lte=at, ends_at__gt=at).select_related("staff")
    covered = [absence.staff for absence in away]
    rows = _standing([staff.pk, *(one.pk for one in covered)])
    files = _files(rows, at)
    shown = [file for file in files if not ball or file.ball == ball]
    return Portfolio(sorted(shown, key=_urgency), Counter(file.ball for file in files), covered)


def _standing(staff: Collection[int]) -> list[Stewardship]:
    rows = Stewardship.objects.filter(staff__in=staff, until=None, application__case__closed_at=None)
    return list(rows.select_related("staff", "application__case__timeline").order_by("pk"))


def _files(rows: Iterable[Stewardship], at: datetime) -> list[File]:
    held = {row.application_id: row for row in rows}
    keys = list(held)
    stages, papers = _running(keys), _papers(keys)
    visits, mandated = _visits(keys, at), set(_mandates(keys))
    return [_file(held[key], stages.get(key, []), papers.get(key, 0), visits.get(key), at, is_mandated=key in mandated) for key in keys]


def _file(row: Stewardship, running: Sequence[Stage], missing: int, visit_at: datetime | None, at: datetime, *, is_mandated: bool) -> File:
    application = row.application
    named = [(day, in_words(stage.row.names)) for stage in running if stage.ball != Ball.APPLICANT and (day := _day(stage))]
    if application.outside_due:
        named.append((application.outside_due, application.outside_system))
    due_at, what = min(named, default=(None, ""), key=lambda one: one[0])
    ball = ball_of(running) if running else Ball.COMPANY
    soonest = min((moment for moment in (due_at, visit_at) if moment), default=None)
    return File(
        application=application,
        owner=row.staff,
        due_at=due_at,
        what=what,
        ball=ball,
        turns=[in_words(stage.row.names) for stage in running if stage.ball == ball],
        missing=missing,
        visit_at=visit_at,
        is_mandated=is_mandated,
        band=band_of(soonest, at),
    )


def band_of(moment: datetime | None, at: datetime) -> str:
    """One of BANDS."""
    if moment is None:
        return "open"
    if moment <= at:
        return "late"
    tomorrow = business_midnight(business_date(at) + timedelta(days=1))
    if moment < tomorrow:
        return "today"
    return "week" if moment < tomorrow + _WEEK else "later"


def _urgency(file: File) -> tuple[int, datetime, int]:
    soonest = min((moment for moment in (file.due_at, file.visit_at) if moment), default=file.application.case.opened_at)
    return BANDS.index(file.band), soonest, file.application.pk


def _day(stage: Stage) -> datetime | None:
    return stage.promised_until or stage.planned_for


def _running(keys: Sequence[int]) -> Mapping[int, list[Stage]]:
    found: dict[int, list[Stage]] = defaultdict(list)
    for stage in Stage.objects.filter(application__in=keys, status=StageStatus.RUNNING).select_related("row"):
        found[stage.application_id].append(stage)
    return found


def _papers(keys: Sequence[int]) -> Mapping[int, int]:
    missing = Paper.objects.filter(application__in=keys, status__in=[PaperStatus.WANTED, PaperStatus.REJECTED]).order_by()
    return dict(missing.values_list("application").annotate(number=Count("pk")))


def _visits(keys: Sequence[int], at: datetime) -> Mapping[int, datetime]:
    standing = Booking.objects.standing().filter(visit__case__in=keys, visit__ended_at=None).order_by("-starts_at")
    return dict(standing.values_list("visit__case", "starts_at"))


def _mandates(keys: Sequence[int]) -> Iterable[int]:
    return Mandate.objects.filter(application__in=keys, revoked_at=None).values_list("application", flat=True)
