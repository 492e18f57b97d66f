"""Remind applicants of papers: before their day, on it, and once after it with what follows; tell them at once what was not accepted.

Note [Whose promise]. A paper's day is the applicant's, not ours: nothing of it stands in the book of promises. What we owe is to say it
in time, once each, in one letter for all papers of an application.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.urls import reverse

import notices.operations
from accounts.actors import System
from accounts.clock import business_date
from casework.models import Case
from casework.operations import Step, record
from notices.operations import language_of

from ..models import Application, Paper
from ..queries import papers as reads
from ..queries.paper_days import BEFORE, day_of, is_due_for_reminder

BY = System("connections.papers")


def remind_of_papers(*, at: datetime) -> int:
    """Write to every applicant whose papers are due soon, today, or were due; how many letters. Safe to repeat, and after days without."""
    # A day more than we look ahead, whatever the hour of the day: what is wanted is seen paper by paper.
    soon = Paper.objects.filter(status__in=reads.MISSING, due_at__lt=at + BEFORE + timedelta(days=1), application__case__closed_at=None)
    loaded = ("row", "application__policy", "application__case__timeline", "application__case__account__customer")
    rows = soon.select_related(*loaded).order_by("application", "row__position", "pk")
    return sum(_remind(application, list(found), at) for application, found in groupby(rows, key=lambda paper: paper.application))


@transaction.atomic
def say_rejected(*, paper: Paper, kind: str, key: str, at: datetime) -> None:
    """What was wrong with a paper, and until when it is wanted again."""
    case = paper.application.case
    context = {
        **notices.operations.words_about(case),
        "paper": reads.in_words(paper.row.names, language_of(case)),
        "verdict": paper.verdict,
        "due": paper.due_at,
    }
    notices.operations.owe_to_asker(kind=kind, key=key, case=case, context=context, at=at, link=_link(case))


@transaction.atomic
def _remind(application: Application, papers: Sequence[Paper], at: datetime) -> bool:
    wanted = [paper for paper in papers if is_due_for_reminder(paper.due_at, paper.reminded_at, at)]
    if not wanted:
        return False
    case, today = application.case, business_date(at)
    context = {**notices.operations.words_about(case), "papers": list(_told(wanted, language_of(case), at))}
    key = f"papers:{case.pk}:{today.isoformat()}"
    notices.operations.owe_to_asker(kind="connection_papers", key=key, case=case, context=context, at=at, link=_link(case))
    Paper.objects.filter(pk__in=[paper.pk for paper in wanted]).update(reminded_at=at)
    late = sum(day_of(paper.due_at) < today for paper in wanted)
    record(timeline_id=case.timeline_id, steps=[Step("connection.papers_reminded", {"papers": len(wanted), "late": late})], by=BY, at=at)
    return True


def _told(papers: Iterable[Paper], language: str, at: datetime) -> Iterable[dict[str, object]]:
    today = business_date(at)
    for paper in papers:
        yield {
            "name": reads.in_words(paper.row.names, language),
            "due": paper.due_at,
            "is_today": day_of(paper.due_at) == today,
            "is_late": day_of(paper.due_at) < today,
            "at_survey": paper.at_survey,
            "consequence": reads.in_words(paper.row.consequences, language),
        }


def _link(case: Case) -> str:
    return reverse("casework:request", args=[case.reference])
