"""Badges are issued, worn by one person once, withdrawn; a stranger learns whether one is valid, and the customer who comes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client

from accounts.permissions import Forbidden
from fieldwork.badge_passes import badge_pass
from fieldwork.models import Badge
from fieldwork.operations.badges import BadDate, BadPhoto, issue_badge, withdraw_badge
from fieldwork.queries.badges import check_badge
from tests.billing.test_races import at_once
from tests.casework.conftest import PNG
from tests.factories.fieldwork import LONG_AGO, BadgeFactory


@pytest.fixture
def issue(yan, hong, now):
    """``issue(photo=b"...")``: a badge for Hong."""

    def make(photo=None, days=300, by=yan):
        file = ContentFile(photo, name="face.png") if photo is not None else None
        until = now.date() + timedelta(days=days)
        return issue_badge(staff=hong, photo=file, valid_until=until, by=by.user, at=now)

    return make


class TestIssuing:
    def test_a_new_badge_takes_the_place_of_the_old_one(self, issue, now):
        old, new = issue(), issue(PNG)
        old.refresh_from_db()
        assert (old.withdrawn_at, new.withdrawn_at, bool(new.photo)) == (now, None, True)

    def test_who_issued_and_withdrew_it_is_kept(self, issue, yan, now):
        badge = issue()
        withdraw_badge(badge=badge, by=yan.user, at=now)
        withdraw_badge(badge=badge, by=yan.user, at=now)
        assert [row.history_user for row in badge.history.all()] == [yan.user, yan.user]

    @pytest.mark.parametrize("photo", [b"", b"%PDF-1.7", b"<svg>", b"\xff\xd8\xff" + b"0" * 1_000_001])
    def test_what_no_phone_can_show_is_no_photo(self, issue, photo):
        with pytest.raises(BadPhoto):
            issue(photo)

    def test_a_badge_is_valid_for_some_time(self, issue):
        with pytest.raises(BadDate):
            issue(days=-1)

    def test_a_crew_issues_none_to_itself(self, issue, hong):
        with pytest.raises(Forbidden):
            issue(by=hong)


class TestChecking:
    @pytest.mark.parametrize(
        ("state", "badge"),
        [
            ("valid", {}),
            ("withdrawn", {"withdrawn_at": LONG_AGO}),
            ("withdrawn", {"staff__left_at": LONG_AGO}),
            ("expired", {"valid_until": "2020-01-01"}),
        ],
    )
    def test_a_number_says_what_it_is_and_nothing_more(self, db, state, badge, now):
        row = BadgeFactory(**badge)
        found = check_badge(Badge.objects.get(pk=row.pk).number, "", now)
        assert (found.state, found.badge, found.is_coming) == (state, None, None)

    def test_a_number_of_nobody_is_said_to_be_unknown(self, db, now):
        assert check_badge("NOBODY", "4711", now).state == "unknown"

    @pytest.mark.parametrize(("code", "is_coming"), [("4711", True), ("4712", False)])
    def test_with_the_visits_code_the_face_is_shown(self, issue, near, hong, asked, code, is_coming, now):
        visit = asked()
        type(visit).objects.update(visit_code="4711", crew=near, status="accepted")
        found = check_badge(issue(PNG).number, code, now)
        assert (found.is_coming, found.badge is not None) == (is_coming, is_coming)

    def test_a_visit_that_is_over_opens_nothing(self, issue, near, asked, now):
        visit = asked()
        type(visit).objects.update(visit_code="4711", crew=near, status="done", ended_at=now)
        assert check_badge(issue(PNG).number, "4711", now).is_coming is False


class TestThePage:
    @pytest.fixture(autouse=True)
    def no_counts(self, db):
        cache.clear()

    def test_a_withdrawn_badge_is_said_loudly(self, issue, yan, now):
        badge = issue()
        withdraw_badge(badge=badge, by=yan.user, at=now)
        page = Client().post("/badge/", {"number": f" {badge.number.lower()} "})
        assert "This badge was withdrawn." in page.content.decode()

    def test_one_number_is_not_tried_for_ever(self, issue):
        number = issue().number
        answers = [Client(REMOTE_ADDR=f"10.0.0.{n}").post("/badge/", {"number": number, "code": f"{n}"}).status_code for n in range(31)]
        assert (answers[0], answers[-1]) == (200, 429)

    def test_the_photo_needs_a_pass_that_we_signed(self, issue):
        badge = issue(PNG)
        answer = Client().get(f"/badge/photos/{badge_pass(badge.pk)}/")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert Client().get(f"/badge/photos/{badge.pk}/").status_code == 404

    def test_a_withdrawn_badge_shows_no_face(self, issue, yan, now):
        badge = issue(PNG)
        withdraw_badge(badge=badge, by=yan.user, at=now)
        assert Client().get(f"/badge/photos/{badge_pass(badge.pk)}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_badges_issued_at_once_one_is_worn(issue):
    results = at_once(issue, issue)
    assert all(isinstance(result, Badge) for result in results)
    assert Badge.objects.filter(withdrawn_at=None).count() == 1
