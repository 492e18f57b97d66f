"""Count, seal and correct the open service score."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor, System
from accounts.clock import business_date
from accounts.models import User
from accounts.permissions import check_verb
from accounts.roles import Verb
from casework.operations import Step, open_timeline
from sla.queries.tallies import first_ended

from ..models import ScoreDraft, ServiceScore
from ..queries.score_month import figures_of, month_after, month_before
from ..queries.scores import sealed_as
from ..score_figures import as_rows

#: Months that are sealed after the event, when an installation begins to publish.
_BACK = 12
_BY = System("score")


class NothingToCorrect(Exception):
    """The month has no sealed score."""

    def __init__(self) -> None:
        super().__init__(_("This month has not been sealed yet: it is counted anew every hour anyway."))


class NothingChanged(Exception):
    """Counted anew it comes to the same."""

    def __init__(self) -> None:
        super().__init__(_("Counted anew, every number is the same. There is nothing to correct."))


def keep_scores(*, at: datetime) -> None:
    """Seal every month whose time has come, and count the others anew: this month, and the last one until it is sealed."""
    for month in _months(at):
        if ServiceScore.objects.filter(month=month).exists():
            continue
        if month_after(month) + timedelta(days=settings.SCORE_SEALED_AFTER_DAYS) <= business_date(at):
            seal_month(month=month, at=at)
        else:
            _draft(month, at)


@transaction.atomic
def seal_month(*, month: date, at: datetime) -> ServiceScore:
    """Fix the first edition of a month that is over; the one that stands if another process was faster."""
    rows = as_rows(figures_of(month, at=at))
    ScoreDraft.objects.filter(month=month).delete()
    return ServiceScore.objects.filter(month=month).first() or _keep(ServiceScore(month=month, figures=rows), "", _BY, at)


@transaction.atomic
def correct_month(*, month: date, reason: str, by: User, at: datetime) -> ServiceScore:
    """Another edition of a sealed month, counted anew; the one before stays to be read, and the reason is published.

    Raises Forbidden, NothingToCorrect, NothingChanged.
    """
    check_verb(by, Verb.CORRECT_SCORES, at=at)
    last = ServiceScore.objects.filter(month=month).order_by("-edition").first()
    if last is None:
        raise NothingToCorrect
    rows = as_rows(figures_of(month, at=at))
    if rows == last.figures:
        raise NothingChanged
    return _keep(ServiceScore(month=month, edition=last.edition + 1, reason=reason, figures=rows), last.seal, by, at)


def _keep(row: ServiceScore, before: str, by: Actor, at: datetime) -> ServiceScore:
    row.seal, row.made_at, row.made_by = sealed_as(row, before), at, by.actor_label
    facts = {"month": f"{row.month:%Y-%m}", "edition": row.edition, "seal": row.seal}
    row.timeline = open_timeline(kind="service_score", steps=[Step("score.sealed", facts)], by=by, at=at)
    row.save()
    return row


def _draft(month: date, at: datetime) -> None:
    rows = as_rows(figures_of(month, at=at))
    ScoreDraft.objects.update_or_create(month=month, defaults={"figures": rows, "made_at": at})


def _months(at: datetime) -> Sequence[date]:
    """From the first month in which anything was done, at most a year back, to this one."""
    this = business_date(at).replace(day=1)
    first = first_ended()
    begun = business_date(first).replace(day=1) if first else this
    found = [this]
    while found[0] > begun and len(found) <= _BACK:
        found.insert(0, month_before(found[0]))
    return found
