"""The promises on a case say why their moment is what it is: to staff, to the customer, to whoever has reference and code."""

import pytest
from django.urls import reverse

from casework.operations import Opening, open_request
from sla.models import PromiseVersion
from sla.queries.standings import standings
from tests.factories.sla import CalendarDayFactory, HallHoursFactory, PromiseVersionFactory
from tests.signing_in import sign_in

TEXTS = {"en": {"title": "An answer"}, "ru": {"title": "Ответ"}, "zh-hans": {"title": "答复"}}
STAFF_ONLY = "Promise T15 “An answer”, version 1."
FOR_EVERYBODY = "We promise it by Fri 20 Nov 2026, 15:30."


@pytest.fixture
def case(account, olive, now):
    """Opened on a Friday at ten, to be answered within four hours of the hall."""
    CalendarDayFactory()
    HallHoursFactory(titles={"en": "Hall hours", "ru": "Часы зала", "zh-hans": "大厅时间"})
    PromiseVersionFactory(limit="PT4H", calendar="hall", texts=TEXTS, is_public=True)
    opening = Opening(kind="general_request", subject="", account=account, asker=olive, channel="cabinet")
    return open_request(opening=opening, topic="top_up", text="Is it warm?", by=olive, at=now).case


def test_staff_read_version_calendar_and_hours(client, fang, case):
    page = sign_in(client, fang).get(reverse("casework:case", args=[case.reference])).text
    assert STAFF_ONLY in page
    assert "Time is counted by the calendar “Hall hours”, version 1" in page
    assert "10:00–12:00, 13:30–15:30 (4 hours)" in page


def test_the_customer_reads_what_concerns_them(client, olive, case):
    page = sign_in(client, olive).get(reverse("casework:request", args=[case.reference])).text
    assert FOR_EVERYBODY in page
    assert "version 1" not in page


def test_whoever_has_reference_and_code_reads_the_same(client, case):
    answer = client.post(reverse("casework:track"), {"reference": case.reference, "code": case.tracking_code}, follow=True).text
    assert FOR_EVERYBODY in answer
    assert "version 1" not in answer


@pytest.mark.parametrize(("language", "calendar"), [("en", "Hall hours"), ("ru", "Часы зала"), ("zh-hans", "大厅时间")])
def test_calendars_are_called_by_the_readers_name(client, fang, case, language, calendar):
    client.cookies["django_language"] = language
    assert calendar in sign_in(client, fang).get(reverse("casework:case", args=[case.reference])).text


def test_reasons_cost_no_query(case, now, django_assert_num_queries):
    standings(case.timeline_id, at=now)
    with django_assert_num_queries(1):
        standings(case.timeline_id, at=now)


@pytest.mark.parametrize("rules", [{}, {"is_allowed": True}])
def test_more_time_is_offered_only_where_the_rules_know_of_it(client, fang, case, rules):
    PromiseVersion.objects.update(extension=rules)
    page = sign_in(client, fang).get(reverse("casework:case", args=[case.reference])).text
    assert ("Ask for more time" in page) is bool(rules)
