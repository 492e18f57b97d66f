"""The slip somebody takes home: reference, code, promises, missing papers, in their own language and without their name."""

import pypdfium2
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

import casework.operations
from casework.models import Case
from casework.operations import Opening, Paper, Telling
from casework.references import grouped
from sla.queries import policies
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(fang):
    """Fang's browser."""
    return sign_in(Client(), fang)


@pytest.fixture
def book(now):
    """All promises, in force."""
    call_command("load_promises", verbosity=0)
    yield
    policies.forget()


@pytest.fixture
def taken_down(book, fang, now):
    """``taken_down(language="ru")``: a passer-by's request."""

    def make(**known):
        opening = Opening(kind="general_request", subject="", channel="hall", contact_name="Пётр", **known)
        return casework.operations.open_request(opening=opening, topic="bill", text="Too high", by=fang.user, at=now).case

    return make


def slip(client, case, name="slip"):
    return client.get(reverse(f"desk:{name}", args=[case.reference]))


def test_it_says_reference_code_and_by_when(desk, taken_down):
    case = taken_down(language="en")
    page = slip(desk, case).text
    for word in (grouped(case.reference), grouped(case.tracking_code), "/track/", "What we promised you", "20 Nov 2026"):
        assert word in page


def test_it_may_be_lost_on_the_way(desk, taken_down):
    sheet = slip(desk, taken_down(language="en")).text.partition("<article")[2].partition("</article>")[0]
    assert "Пётр" not in sheet
    assert "Too high" not in sheet


@pytest.mark.parametrize("language", ["en", "zh-hans", "ru"])
def test_it_speaks_the_language_of_whoever_takes_it(desk, taken_down, language):
    page = slip(desk, taken_down(language=language)).text
    assert f'class="sheet sheet-slip" lang="{language}"' in page


def test_it_lists_missing_papers(desk, taken_down, fang, now):
    case = taken_down(language="en")
    telling = Telling(papers=[Paper("Lease", "page 2 is missing")], means="counter")
    casework.operations.return_papers(case=case, telling=telling, by=fang.user, at=now)
    assert "Lease: page 2 is missing" in slip(desk, case).text


def test_the_pdf_holds_the_same(desk, taken_down):
    case = taken_down(language="ru")
    answer = slip(desk, case, "slip_pdf")
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()
    assert answer["Content-Type"] == "application/pdf"
    assert grouped(case.reference) in text
    assert grouped(case.tracking_code) in text


def test_an_erased_case_has_none(desk, taken_down, now):
    case = taken_down()
    Case.objects.update(closed_at=now, erased_at=now)
    assert slip(desk, case).status_code == 404


def test_who_takes_a_request_down_is_led_to_it(desk, book):
    sent = {"channel": "hall", "topic": "bill", "text": "Too high", "language": "ru", "urgency": "normal"}
    page = desk.post(reverse("casework:case_new"), sent, follow=True)
    assert f'<a href="{reverse("desk:slip", args=[Case.objects.get().reference])}">' in page.text


def test_its_qr_code_fills_the_reference_in(client, taken_down):
    case = taken_down()
    assert f'value="{case.reference}"' in client.get(f"{reverse('casework:track')}?reference={case.reference}").text
