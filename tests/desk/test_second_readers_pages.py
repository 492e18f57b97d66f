"""What waits for a second pair of eyes stands among the approvals of whoever may let it out, and of nobody who wrote it."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from complaints.operations import publications
from complaints.operations.publications import Draft
from desk.queries.second_readers import waiting_for
from notices.models import Announcement
from notices.operations.announcements import write_announcement
from tests.conftest import NOW
from tests.factories.accounts import StaffFactory
from tests.factories.announcements import draft
from tests.factories.complaints import AccusedFactory, ComplaintFactory

WORDS = Draft(section="meters", language="en", question="Why does the meter show no digits?", answer="Change the batteries.")


@pytest.fixture
def boss(db):
    return StaffFactory(name="赵敏", hall=None, roles=[Role.SUPERVISOR])


@pytest.fixture
def specialist(db):
    return StaffFactory(name="夏雨", hall=None, roles=[Role.RECEPTION_SPECIALIST])


def answer(writer, case=None):
    row = publications.begin(draft=WORDS, case=case, by=writer.user, at=NOW)
    return publications.propose(publication=row, by=writer.user, at=NOW)


def found(staff):
    return [(one.sort, one.writer) for one in waiting_for(staff.user, at=NOW)]


def test_each_reader_finds_what_they_may_let_out_and_did_not_write(boss, specialist, fang):
    announcement = write_announcement(draft=draft(), by=boss.user, at=NOW)
    offered = {"status": Announcement.Status.OFFERED, "publish_at": NOW, "vip_at": NOW}
    Announcement.objects.filter(pk=announcement.pk).update(written_by=fang, **offered)
    answer(specialist)
    assert sorted(found(boss)) == [("announcement", "王芳"), ("answer for everybody", "夏雨")]
    assert (found(specialist), found(fang)) == ([], [])


def test_whom_the_case_behind_an_answer_is_about_does_not_find_it(boss, specialist, fang):
    answer(fang, AccusedFactory(complaint=ComplaintFactory(), staff=boss).complaint.case)
    assert (found(boss), len(found(specialist))) == ([], 1)


def test_the_approvals_lead_to_it(client, signed_in, specialist, fang):
    row, client = answer(fang), signed_in(client, specialist)
    assert reverse("complaints:publication", args=[row.number]) in client.get(reverse("sla:approvals")).content.decode()
