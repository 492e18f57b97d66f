"""The search of the knowledge base, on the articles that are delivered and on questions that were not used to build it."""

import json
from pathlib import Path

import pytest
from django.db import transaction

from notices.models import Article, ArticleText, Audience, KnowledgeWord
from notices.operations.knowledge_loading import load_knowledge
from notices.queries.knowledge import find
from tests.conftest import NOW, forget_other_worlds

QUESTIONS = json.loads((Path(__file__).parents[2] / "data" / "knowledge" / "questions.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def delivered(django_db_setup, django_db_blocker):
    """All that is delivered, for all tests here, taken back at the end: loading costs more than asking."""
    forget_other_worlds()
    with django_db_blocker.unblock(), transaction.atomic():
        made = load_knowledge(at=NOW)
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def loaded(delivered, db):
    return delivered


def slugs(words, language="en", **how):
    return [hit.slug for hit in find(words=words, language=language, **how)]


def test_of_ten_questions_nine_are_answered_among_the_first_five(loaded):
    missed = [
        row["question"] for row in QUESTIONS if not set(slugs(row["question"], row["language"], audience="staff")) & set(row["articles"])
    ]
    assert len(QUESTIONS) >= 300
    assert 1 - len(missed) / len(QUESTIONS) >= 0.9, missed


def test_loading_again_changes_nothing(loaded, now):
    words = KnowledgeWord.objects.count()
    assert (loaded.articles, loaded.texts) == (Article.objects.count(), 3 * Article.objects.count())
    again = load_knowledge(at=now)
    assert (again.articles, again.texts, again.synonyms) == (0, 0, 0)
    assert KnowledgeWord.objects.count() == words


def test_what_colleagues_wrote_stays_when_the_files_are_loaded(loaded, now):
    ArticleText.objects.filter(article__slug="phones", language="en").update(written_by="user:5", title="Ring us")
    assert load_knowledge(at=now).texts == 0


@pytest.mark.parametrize(
    ("words", "language", "slug"),
    [
        ("漏气", "zh-hans", "gas-leak"),
        ("安检", "zh-hans", "safety-check"),
        ("冲值要带什么", "zh-hans", "top-up-at-the-hall"),
        ("anjian", "zh-hans", "safety-check"),
        ("показаний счётчика", "ru", "send-readings"),
        ("замена батареик", "ru", "battery-change"),
        ("gjgjkybnm xthtp bynthytn", "ru", "top-up-online"),
        ("chnage the bateries", "en", "battery-change"),
        ("ЗАБЛОКИРОВАТЬ КАРТУ", "en", "lost-card"),
    ],
)
def test_two_marks_inflections_and_slips_are_found(loaded, words, language, slug):
    assert slug in slugs(words, language)


class TestFind:
    def test_shows_the_reader_their_own_language_where_there_is_one(self, loaded):
        hit = next(hit for hit in find(words="漏气", language="ru") if hit.slug == "gas-leak")
        assert (hit.language, hit.title) == ("ru", "Что делать, если пахнет газом")

    @pytest.mark.parametrize("words", ["", "   ", "!?", "的", "zxqj wvkk", "\x00", "🔥🔥"])
    def test_finds_nothing_where_nothing_is_asked_or_fits(self, loaded, words):
        assert find(words=words, language="en") == []

    def test_reads_the_beginning_of_a_very_long_question(self, loaded):
        assert slugs("lost card " * 5_000)[0] == "lost-card"

    def test_keeps_from_the_public_what_is_for_colleagues(self, loaded):
        asked = "insults and threats on the phone"
        assert "inside-angry-caller" not in slugs(asked)
        assert slugs(asked, audience=Audience.STAFF)[0] == "inside-angry-caller"

    def test_costs_a_fixed_number_of_statements(self, loaded, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            find(words="the meter does not take my card any more since yestreday evening", language="en")
