"""What was built and found, as its applicant sees it: words and photos for them alone, and their own word that theirs is mended."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from accounts.permissions import Forbidden
from casework.operations import attach
from casework.permissions import VISITOR
from connections.models import Defect
from connections.operations import inspections, works
from connections.operations.inspections import Found, NotTheirs
from notices.models import Message
from tests.connections.test_gas_on import building, built, li  # noqa: F401

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def a_photo(name):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return ContentFile(out.getvalue(), name=name)


@pytest.fixture(autouse=True)
def at_now(now, time_machine):
    time_machine.move_to(now + 3 * DAY, tick=False)


@pytest.fixture
def found(built, li, now):  # noqa: F811
    """The applicant's shelf with a photo, the contractor's valve, and two photos of the log, one of them for the applicant."""
    at, case = now + 2 * DAY, built.case
    shelf = Found(grade="major", text="柜子挡住阀门", party="applicant", due_at=at + 9 * DAY)
    valve = Found(grade="critical", text="阀门漏气", party="contractor", due_at=at + 9 * DAY)
    mine, theirs = inspections.fail(application=built, found=[shelf, valve], by=li.user, at=at)
    Defect.objects.filter(pk=mine.pk).update(photo=attach(case=case, file=a_photo("shelf.png"), by=li.user, at=at))
    for is_shown in (True, False):
        works.log(application=built, text="立管已装", photos=[a_photo("pipe.png")], is_shown=is_shown, by=li.user, at=at)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    return mine, theirs


@pytest.fixture
def look(built, client):  # noqa: F811
    """The tracking page, with the digits if any are given."""

    def up(digits=""):
        case = built.case
        client.post("/track/", {"reference": case.reference, "code": case.tracking_code})
        if digits:
            client.post("/track/connection/phone/", {"digits": digits})
        return client.get("/track/case/").text

    return up


def photo_of(entry):
    return entry.photos.get().pk


def test_reference_and_code_show_no_words_and_no_photo(built, found, look, client):  # noqa: F811
    page = look()
    assert not any(words in page for words in ("柜子挡住阀门", "立管已装"))
    assert all(words in page for words in ("Correction 1", "The construction log has 2 entries"))
    assert client.get(f"/track/connection/works/photos/{found[0].photo_id}/").status_code == 302


def test_the_last_digits_of_the_phone_show_them(built, found, look, client):  # noqa: F811
    assert "柜子挡住阀门" not in look("0000")
    page = look("9000")
    assert all(words in page for words in ("柜子挡住阀门", "立管已装"))
    shown, hidden = (photo_of(built.works.get(is_shown=is_shown)) for is_shown in (True, False))
    answers = [client.get(f"/track/connection/works/photos/{pk}/") for pk in (found[0].photo_id, shown, hidden)]
    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert answers[0].content.startswith(b"\x89PNG")


def test_digits_cannot_be_tried_for_long(found, look):
    for _try in range(12):
        look("0000")
    assert "柜子挡住阀门" not in look("9000")


def test_a_paper_that_was_not_accepted_says_why_to_its_applicant_only(built, look):  # noqa: F811
    built.papers.filter(key="identity").update(status="rejected", verdict="照片模糊")
    assert "照片模糊" not in look()
    assert "照片模糊" in look("9000")


def test_signed_in_the_applicant_sees_all_of_it_and_a_stranger_nothing(built, found, client, signed_in, olive):  # noqa: F811
    type(built.case).objects.filter(pk=built.pk).update(asker=olive)
    photo = f"/cabinet/connections/{built.case.reference}/works/photos/{found[0].photo_id}/"
    mine = signed_in(client, olive)
    assert "柜子挡住阀门" in mine.get(f"/cabinet/requests/{built.case.reference}/").text
    assert mine.get(photo).status_code == 200
    type(built.case).objects.filter(pk=built.pk).update(asker=None)
    assert mine.get(photo).status_code == 404


def test_theirs_is_said_to_be_mended_and_staff_look(built, found, look, client, drained, steward, now):  # noqa: F811
    mine, _theirs = found
    look("9000")
    for _twice in range(2):
        client.post(f"/track/connection/works/defects/{mine.pk}/mended/")
    mine.refresh_from_db()
    built.case.refresh_from_db()
    assert (mine.told_at is not None, mine.mended_at, mine.checked_at, built.case.status) == (True, None, None, "corrections")
    assert "We look at it" in look()
    drained(now + 3 * DAY)
    assert set(Message.objects.filter(kind="connection_told_mended").values_list("staff", flat=True)) == {steward.pk}
    assert built.case.timeline.events.filter(verb="connection.defect_told_mended").count() == 1


def test_without_the_digits_and_of_what_others_mend_nothing_is_taken(built, found, look, client, now):  # noqa: F811
    mine, theirs = found
    look()
    client.post(f"/track/connection/works/defects/{mine.pk}/mended/")
    look("9000")
    client.post(f"/track/connection/works/defects/{theirs.pk}/mended/")
    assert not Defect.objects.filter(told_at__isnull=False).exists()
    with pytest.raises(NotTheirs):
        inspections.tell_mended(defect=theirs, by=VISITOR, at=now + 3 * DAY)


def test_found_not_mended_it_can_be_said_again(built, found, li, olive, now):  # noqa: F811
    mine, at = found[0], now + 3 * DAY
    inspections.tell_mended(defect=mine, by=VISITOR, at=at)
    inspections.mend(defect=mine, by=li.user, at=at)
    inspections.check(defect=mine, is_good=False, seen=mine.version, by=li.user, at=at)
    mine.refresh_from_db()
    assert (mine.told_at, mine.mended_at) == (None, None)
    with pytest.raises(Forbidden):
        inspections.tell_mended(defect=mine, by=olive, at=at)
