"""What the search reads is kept in step with what is published."""

from notices.models import KnowledgePosting, KnowledgeWord
from notices.operations.knowledge_index import put_up, take_down
from notices.queries.knowledge import find
from tests.factories.knowledge import ArticleFactory, ArticleTextFactory


def slugs(words):
    return [hit.slug for hit in find(words=words, language="en")]


class TestShelf:
    def test_a_text_is_found_once_it_is_put_up_and_no_more_when_taken_down(self, db):
        text = ArticleTextFactory(title="Whistling regulator", article=ArticleFactory(slug="whistle"))
        put_up([text])
        assert slugs("regulator whistles") == ["whistle"]
        take_down(text)
        assert slugs("regulator whistles") == []
        assert KnowledgePosting.objects.count() == 0
        assert set(KnowledgeWord.objects.values_list("count", flat=True)) == {0}

    def test_a_common_word_is_read_from_its_best_texts_down(self, db, monkeypatch):
        monkeypatch.setattr("notices.queries.knowledge_search.BEST", 3)
        texts = [ArticleTextFactory(title=f"Valve {n}", body="valve " * (1 + n % 3)) for n in range(8)]
        best = ArticleTextFactory(title="Valve of the rooftop", body="valve")
        put_up([*texts, best])
        assert slugs("valve rooftop")[0] == best.article.slug

    def test_the_same_is_found_however_rows_are_stored(self, db):
        texts = [ArticleTextFactory(title="Hose", body="") for _ in range(4)]
        put_up(reversed(texts))
        assert slugs("hose") == [text.article.slug for text in texts]
