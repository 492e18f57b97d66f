"""Applicants are asked for papers before their day, on it and once after it, all of them in one letter; stewards hear what is late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile

from casework.operations import cancel_case
from casework.permissions import VISITOR
from connections.operations import paper_reminders, papers, surveys
from connections.queries.paper_days import is_due_for_reminder
from notices.models import Message
from tests.connections.conftest import BY, verbs
from tests.connections.test_papers import picture

DAY = timedelta(days=1)
DUE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def remind(at):
    return paper_reminders.remind_of_papers(at=at)


def letters(kind="connection_papers"):
    return [message.text for message in Message.objects.filter(kind=kind).order_by("pk")]


@pytest.mark.parametrize(
    ("days", "reminded", "expected"),
    [
        (-3, None, False),
        (-2, None, True),
        (-1, None, True),
        (-1, -2, False),
        (0, -2, True),
        (0, 0, False),
        (1, 0, True),
        (9, None, True),
        (9, 1, False),
        (1, -2, True),
    ],
)
def test_once_before_the_day_once_on_it_and_once_after(days, reminded, expected):
    before = None if reminded is None else DUE + reminded * DAY
    assert is_due_for_reminder(DUE, before, DUE + days * DAY) is expected


@pytest.fixture
def due(application):
    application.papers.update(due_at=DUE)
    application.policy.papers.filter(key="drawing").update(consequences={"en": "The design waits.", "zh-hans": "设计顺延。"})
    application.case.language = "en"
    application.case.save(update_fields=["language"])
    return application


@pytest.mark.django_db
def test_all_papers_of_an_application_are_one_letter_and_the_consequence_comes_after_the_day(due, steward, drained):
    assert [remind(DUE + days * DAY) for days in (-3, -2, -1, 0, 1, 2)] == [0, 1, 0, 1, 1, 0]
    before, on_it, after = letters()
    assert "Identity" in before
    assert "Drawing" in before
    assert "due today" in on_it
    assert "The design waits." in after
    drained(DUE + 2 * DAY)
    assert len(letters("connection_papers_late")) >= 1
    assert verbs(due.case).count("connection.papers_reminded") == 3


@pytest.mark.django_db
def test_who_sent_everything_or_withdrew_is_left_alone(due, now):
    for paper in due.papers.select_related("row", "application__case"):
        papers.hand_in(paper=paper, file=ContentFile(picture(), name="a.png"), by=VISITOR, at=now)
    assert remind(DUE) == 0
    cancel_case(case=due.case, reason="moved", by=BY, at=now)
    assert remind(DUE + DAY) == 0


@pytest.mark.django_db
def test_what_was_not_accepted_is_said_at_once_with_a_day_of_its_own(due, steward, drained):
    paper, late = due.papers.select_related("row", "application__case").get(key="identity"), DUE + 2 * DAY
    papers.hand_in(paper=paper, file=ContentFile(picture(), name="a.png"), by=VISITOR, at=late)
    papers.reject(paper=paper, seen=paper.version, reason="The back is missing.", by=steward.user, at=late)
    drained(late)
    assert "The back is missing." in letters("connection_paper_rejected")[0]
    paper.refresh_from_db()
    assert paper.due_at > late


@pytest.mark.django_db
def test_what_may_follow_is_due_at_the_survey_that_was_agreed(due):
    at = DUE + 3 * DAY
    surveys.due_at_survey(application=due, starts_at=at)
    assert dict(due.papers.values_list("key", "due_at")) == {"identity": DUE, "drawing": at}
