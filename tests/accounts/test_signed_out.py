"""Nobody is signed in any more while a page stands open: its parts say so, and lead back to where it stood."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
PARTS = ["sla:board_live", "notices:inbox_count", "desk:counter_quote"]
OPEN = {"HX-Request": "true", "HX-Current-URL": "http://testserver/staff/board/?hall=LL01"}
STAFF_PAGE = {"Referer": "http://testserver/staff/complaints/new/"}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_fetches_itself_says_so_instead_of_showing_the_sign_in(part):
    answer = Client().get(reverse(part), headers=OPEN)
    assert answer.status_code == 401
    assert "You are signed out." in answer.text
    assert "<html" not in answer.text
    assert "hx-get" not in answer.text  # it asks no more


def test_its_link_leads_to_the_sign_in_and_back_to_the_page():
    answer = Client().get(reverse("notices:inbox_count"), headers=OPEN)
    assert f"{reverse('account_login')}?next=/staff/board/%3Fhall%3DLL01" in answer.text


def test_a_strange_page_is_not_led_back_to():
    answer = Client().get(reverse("notices:inbox_count"), headers={**OPEN, "HX-Current-URL": "https://example.org/staff/board/"})
    assert "example" not in answer.text


def test_a_page_leads_to_the_sign_in_at_once():
    answer = Client().get(reverse("sla:board"), {"hall": "LL01"})
    assert answer.url == f"{reverse('account_login')}?next=/staff/board/%3Fhall%3DLL01"


class TestWhatWasWritten:
    """A form that is refused because of a sign-in or a token gives the words back."""

    WORDS = "He shouted at me,\nand 气没有了"

    def test_comes_back_with_the_way_to_the_sign_in(self):
        answer = Client().post(reverse("complaints:complaint_new"), {"text": self.WORDS, "once": "a1b2"}, headers=STAFF_PAGE)
        assert answer.status_code == 401
        assert self.WORDS in answer.text
        assert f"{reverse('account_login')}?next=/staff/complaints/new/" in answer.text
        assert "a1b2" not in answer.text

    def test_a_button_alone_leads_to_the_sign_in(self):
        answer = Client().post(reverse("complaints:complaint_new"), {"once": "a1b2"}, headers=STAFF_PAGE)
        assert answer.url == f"{reverse('account_login')}?next=/staff/complaints/new/"

    @pytest.mark.parametrize(("origin", "is_kept"), [("http://testserver", True), ("https://example.org", False)])
    def test_a_form_from_before_a_sign_in_keeps_it_unless_it_is_a_strangers(self, origin, is_kept):
        strict = Client(enforce_csrf_checks=True)
        answer = strict.post(reverse("complaints:complain"), {"text": self.WORDS}, headers={**STAFF_PAGE, "Origin": origin})
        assert (answer.status_code, self.WORDS in answer.text) == (403, is_kept)

    def test_passwords_are_never_shown(self):
        strict = Client(enforce_csrf_checks=True)
        answer = strict.post(reverse("account_login"), {"password": "my secret words"}, headers={"Origin": "http://testserver"})
        assert (answer.status_code, "my secret words" in answer.text) == (403, False)
