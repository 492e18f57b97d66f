"""Papers through their pages: sent by the applicant, looked at and judged by the steward, told once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casework.models import PaperList
from connections.models import PaperFile
from connections.operations import papers
from tests.connections.test_papers import picture
from tests.factories import connections as factories

pytestmark = pytest.mark.django_db


def upload(content, name="photo.png"):
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def track(client, application):
    """The applicant, with reference and code."""
    client.post("/track/", {"reference": application.case.reference, "code": application.case.tracking_code})
    return client


@pytest.fixture
def send(track, application):
    def post(content, name="photo.png", key="identity"):
        return track.post(f"/track/connection/papers/{application.papers.get(key=key).pk}/", upload(content, name), follow=True).text

    return post


@pytest.fixture
def desk(application, steward, signed_in):
    """Xin, and the page of the identity card."""
    page = f"/staff/connections/{application.case.reference}/papers/{application.papers.get(key='identity').pk}/"
    return signed_in(Client(), steward), page


def seen(application):
    return application.papers.get(key="identity").version


def test_the_applicant_sees_what_is_missing_and_both_clocks(track):
    page = track.get("/track/case/").text
    assert all(words in page for words in ("Identity", "not here yet", "The company's clock", "The applicant's clock"))
    assert page.count('id="paper-') == 2


def test_a_photo_from_the_phone_is_kept_and_waits_for_its_verdict(send, application):
    assert "handed in, not looked at yet" in send(picture())
    assert PaperFile.objects.get().attachment.is_from_customer


def test_without_a_file_the_page_says_so(track, application):
    paper = application.papers.get(key="identity")
    assert "choose a photo" in track.post(f"/track/connection/papers/{paper.pk}/", follow=True).text


def test_nobody_sends_a_paper_of_another_application(track):
    other = factories.PaperFactory()
    assert track.post(f"/track/connection/papers/{other.pk}/", upload(picture())).status_code == 404
    assert Client().post(f"/track/connection/papers/{other.pk}/", upload(picture())).url == "/track/"


def test_the_steward_looks_and_accepts_and_comes_to_the_next(send, desk, application):
    send(picture())
    send(picture(), key="drawing")
    xin, page = desk
    assert "Version 1" in xin.get(page).text
    image = xin.get(f"{page}versions/1/picture/")
    assert (image["Content-Type"], image.content[:4]) == ("image/png", b"\x89PNG")
    answer = xin.post(page, {"act": "accept", "seen": seen(application), "reason": ""})
    assert answer.url.endswith(f"/papers/{application.papers.get(key='drawing').pk}/")


def test_the_applicant_reads_why_a_paper_was_not_accepted(send, desk, application, track):
    send(picture())
    xin, page = desk
    given = {"act": "reject", "seen": seen(application)}
    assert xin.post(page, {**given, "reason": ""}).status_code == 422
    xin.post(page, {**given, "reason": "The back is missing."})
    shown = track.get("/track/case/").text
    assert "not accepted" in shown
    assert "The back is missing." not in shown, "reference and code stand on slips that others see"
    track.post("/track/connection/phone/", {"digits": application.case.contact_phone[-4:]})
    assert "The back is missing." in track.get("/track/case/").text


def test_of_two_stewards_the_second_sees_what_changed_and_keeps_what_was_typed(send, desk, application, qiang, now):
    send(picture())
    xin, page = desk
    before = seen(application)
    paper = application.papers.select_related("row", "application__case").get(key="identity")
    papers.reject(paper=paper, seen=before, reason="Not readable.", by=qiang.user, at=now)
    answer = xin.post(page, {"act": "waive", "seen": before, "reason": "We have a copy."})
    assert answer.status_code == 422
    assert all(words in answer.text for words in ("Somebody changed this paper", "刘强", "Not readable.", "We have a copy."))
    assert f'value="{seen(application)}"' in answer.text


def test_staff_keep_what_came_by_hand_and_what_was_shown(desk, application):
    xin, page = desk
    assert xin.post(f"{page}hand-in/", upload(b"", "empty.png")).status_code == 422
    assert xin.post(f"{page}hand-in/", upload(picture())).url == page
    xin.post(page, {"act": "show", "seen": seen(application)})
    assert application.papers.get(key="identity").status == "accepted"


def test_the_whole_list_is_told_from_its_page(desk, application):
    xin, _page = desk
    page = f"/staff/connections/{application.case.reference}/missing/"
    assert "Drawing" in xin.get(page).text
    assert xin.post(page, {"means": "counter"}).url.endswith(f"/staff/cases/{application.case.reference}/")
    assert PaperList.objects.get(case=application.case).papers.count() == 2
    assert "Why it was not said before" in xin.get(page).text


def test_what_was_forgotten_on_the_first_list_needs_somebody_who_signs(desk, application, qiang, signed_in):
    xin, _page = desk
    page = f"/staff/connections/{application.case.reference}/missing/"
    xin.post(page, {"means": "counter"})
    factories.PaperFactory(application=application, row=factories.PaperRowFactory(policy=application.policy, key="lease"))
    assert "This should have stood on the first list" in xin.post(page, {"means": "counter", "reason": ""}).text
    answer = signed_in(Client(), qiang).post(page, {"means": "counter", "reason": "Overlooked by us."})
    assert answer.status_code == 302
    shown = xin.get(f"/staff/cases/{application.case.reference}/").text
    assert "signed by 刘强" in shown
    assert "Print the list" in shown


def test_in_the_cabinet_the_sender_opens_what_was_sent(applied, steward, olive, client, signed_in):
    application = applied(asker=olive)
    mine, paper = signed_in(client, olive), application.papers.get(key="identity")
    page = mine.post(
        f"/cabinet/connections/{application.case.reference}/papers/{paper.pk}/", upload(picture(), "card.png"), follow=True
    ).text
    assert "Your steward looks at it" in page
    assert "You sent: Identity" in page
    link = reverse("casework:attachment", args=[paper.files.get().attachment.token])
    assert link in page
    assert b"".join(mine.get(link).streaming_content) == picture()
