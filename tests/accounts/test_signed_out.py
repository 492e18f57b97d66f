"""Nobody is signed in any more while a page stands open: its parts say so, and lead back to where it stood."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
PARTS = ["sla:board_live", "notices:inbox_count", "desk:counter_quote"]
OPEN = {"HX-Request": "true", "HX-Current-URL": "http://testserver/staff/board/?hall=LL01"}


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
