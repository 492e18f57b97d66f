"""What stands on the reception's page of one letter, and of one application for a service."""

from datetime import datetime, timedelta
from typing import Any

from casework.models import Case
from notices.queries import knowledge
from notices.queries.knowledge import Hit
from sla.models import Extension
from sla.queries.standings import standings

from ..models import Answer, Appeal, DirectionQuestion, Publication, ServiceApplication
from ..service_items import NEEDED, TOPICS
from . import published
from .reception_clocks import reply_clock
from .reception_team import specialist_for

#: What a letter may take in all, where more time is approved (T86).
_MOST = timedelta(days=10)
_HITS = 3


def answered_already(words: str, *, language: str, limit: int = _HITS) -> list[Hit]:
    """Articles for everybody that may answer these words; nothing for next to nothing."""
    return knowledge.find(words=words.strip()[:300], language=language, limit=limit) if len(words.strip()) > 1 else []


def published_already(words: str, *, language: str, limit: int = 2) -> list[Publication]:
    """Answers to others that everybody may read and that may answer these words too."""
    return published.find(words=words.strip()[:300], language=language, limit=limit) if len(words.strip()) > 1 else []


def letter_page(appeal: Appeal, *, language: str, at: datetime) -> dict[str, Any]:
    """The letter, who may know, what was answered to the like, the promises on it."""
    case = appeal.case
    questions = list(DirectionQuestion.objects.filter(appeal=appeal).select_related("to_staff", "asked_by", "answered_by").order_by("pk"))
    clock = reply_clock(case)
    return {
        "appeal": appeal,
        "case": case,
        "hits": answered_already(appeal.text, language=language),
        "published": published_already(appeal.text, language=language),
        "suggested": specialist_for(appeal.topic, appeal.territory, at=at),
        "question": next((row for row in questions if row.is_open), None),
        "past_questions": [row for row in questions if not row.is_open],
        "answers": answers_of(case),
        "wish": Extension.objects.filter(timeline=case.timeline_id, status=Extension.Status.ASKED).first(),
        "due_at": clock.due_at if clock else None,
        "latest_at": case.opened_at + _MOST,
        "promises": standings(case.timeline_id, at=at),
        "now": at,
    }


def service_page(application: ServiceApplication, gaps: list[str], *, at: datetime) -> dict[str, Any]:
    """The application, what it needs and has, who is in charge of such things there."""
    items = ServiceApplication.Item
    details = {**application.details}
    named = [item for item in items.values if item in NEEDED[application.service] or details.get(item)]
    return {
        "application": application,
        "case": application.case,
        "items": [(items(item).label, details.get(item, ""), item in gaps) for item in named],
        "gaps": gaps,
        "missing": [items(item).label for item in application.missing],
        "suggested": specialist_for(TOPICS[application.service], application.territory, at=at),
        "promises": standings(application.case.timeline_id, at=at),
        "now": at,
    }


def answers_of(case: Case) -> list[Answer]:
    """What we answered, in the order in which we did."""
    return list(Answer.objects.filter(case=case).select_related("by").order_by("number"))
