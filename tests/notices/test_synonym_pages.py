"""Words with one meaning are kept on a page, and the search goes by them with the next question."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from notices.models import Synonym
from notices.operations.knowledge_index import put_up
from notices.queries.knowledge import find
from tests.conftest import NOW
from tests.factories.knowledge import ArticleTextFactory

pytestmark = pytest.mark.django_db
HERE = "/staff/knowledge/words/"


@pytest.fixture
def pages(client, signed_in, qiang, time_machine):
    time_machine.move_to(NOW, tick=False)
    return signed_in(client, qiang)


def groups():
    return list(Synonym.objects.order_by("language", "words").values_list("language", "words"))


def test_the_search_finds_by_a_new_word_at_once_and_no_more_when_it_is_removed(pages):
    put_up([ArticleTextFactory(language="en", title="Paying at a kiosk", body="Put your card in.")])
    assert find(words="cashomat", language="en", audience="staff") == []
    pages.post(f"{HERE}add/", {"language": "en", "words": " kiosk ,  cashomat"})
    assert [hit.title for hit in find(words="cashomat", language="en", audience="staff")] == ["Paying at a kiosk"]
    assert "kiosk, cashomat" in pages.get(HERE).content.decode()
    pages.post(f"{HERE}{Synonym.objects.get().pk}/remove/")
    assert find(words="cashomat", language="en", audience="staff") == []


@pytest.mark.parametrize("words", ["card", "card, Cards", "card, ...", "kiosk, terminal"])
def test_what_is_no_group_comes_back_as_it_was_typed(pages, words):
    pages.post(f"{HERE}add/", {"language": "en", "words": "kiosk, terminal"})
    answer = pages.post(f"{HERE}add/", {"language": "en", "words": words})
    assert (answer.status_code, f'value="{words}"' in answer.content.decode(), groups()) == (422, True, [("en", "kiosk, terminal")])


def test_a_table_is_taken_as_a_whole_and_twice_makes_no_more(pages):
    table = "language,words\nen,card,chip card\nru,касса,окно\nen,card,chip card\n"
    for _ in range(2):
        file = SimpleUploadedFile("words.csv", table.encode("utf-8-sig"), content_type="text/csv")
        assert pages.post(f"{HERE}table/", {"file": file}).status_code == 302
    assert groups() == [("en", "card, chip card"), ("ru", "касса, окно")]


def test_every_row_that_is_wrong_is_named_and_nothing_is_taken(pages):
    table = "en,card,chip card\nde,Karte,Chipkarte\nen,lonely\n"
    answer = pages.post(f"{HERE}table/", {"file": SimpleUploadedFile("words.csv", table.encode())})
    text = answer.content.decode()
    assert (answer.status_code, groups()) == (422, [])
    assert "Row 1:" not in text
    assert all(said in text for said in ("Row 2:", "Row 3:", "de, Karte, Chipkarte", "en,card,chip card"))


@pytest.mark.parametrize("sent", [b"\xff\xfe\x00", b'en,"card', b"\n"])
def test_what_is_no_table_is_said(pages, sent):
    assert pages.post(f"{HERE}table/", {"file": SimpleUploadedFile("words.csv", sent)}).status_code == 422
