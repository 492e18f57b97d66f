"""Bring the knowledge base up to the files that come with the program; what colleagues wrote since stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.actors import System
from accounts.clock import business_date

from .. import knowledge_files
from ..knowledge_files import FiledArticle
from ..models import Article, ArticleText, Synonym
from .knowledge_index import put_up, take_down

_US = System("knowledge")
_WORDS = ("title", "words", "body")
#: Days until the first look, and how far apart looks are: nobody reviews seventy articles on one day.
_FIRST, _APART, _SPREAD = 60, 5, 180

type Newest = Mapping[tuple[str, str], ArticleText]


@dataclass(frozen=True)
class Loaded:
    """What was new in the files."""

    articles: int
    texts: int
    synonyms: int


@transaction.atomic
def load_knowledge(*, at: datetime) -> Loaded:
    """Write what the files have and the base lacks: articles, newer words, synonyms. Loading again changes nothing.

    An article whose words somebody wrote here keeps them. Raises BadArticles.
    """
    filed = knowledge_files.articles()
    made = _make_articles(filed, at)
    texts = _make_texts(filed, at)
    return Loaded(made, texts, _make_synonyms(at))


def _make_articles(filed: list[FiledArticle], at: datetime) -> int:
    known = set(Article.objects.values_list("slug", flat=True))
    new = [
        Article(slug=one.slug, created_at=at, review_by=business_date(at) + timedelta(days=_FIRST + _APART * place % _SPREAD), **one.fields)
        for place, one in enumerate(filed)
        if one.slug not in known
    ]
    Article.objects.bulk_create(new)
    return len(new)


def _make_texts(filed: list[FiledArticle], at: datetime) -> int:
    articles = {row.slug: row for row in Article.objects.filter(slug__in=[one.slug for one in filed], withdrawn_at=None)}
    rows = ArticleText.objects.filter(article__in=articles.values()).select_related("article").order_by("number")
    newest = {(row.article.slug, row.language): row for row in rows}
    new: list[ArticleText] = []
    for one in filed:
        if (article := articles.get(one.slug)) is not None:
            new += _texts_of(one, article, newest, at)
    for text in new:
        _replace(newest.get((text.article.slug, text.language)))
    ArticleText.objects.bulk_create(new)
    put_up(new)
    return len(new)


def _texts_of(one: FiledArticle, article: Article, newest: Newest, at: datetime) -> list[ArticleText]:
    found: list[ArticleText] = []
    source = article.source_language
    number = 0
    for language in sorted(one.texts, key=lambda code: code != source):
        before, words = newest.get((one.slug, language)), one.texts[language]
        if before is None or (before.written_by == _US.actor_label and any(getattr(before, name) != words[name] for name in _WORDS)):
            found.append(_text(article, language, words, before, at))
            found[-1].source_number = None if language == source else number
        elif language != source and before.written_by == _US.actor_label and (before.source_number or 0) < number:
            # Delivered together, it says what the newer source says: only that one's words were mended.
            ArticleText.objects.filter(pk=before.pk).update(source_number=number)
        if language == source:
            number = found[-1].number if found else before.number if before else 1
    return found


def _text(article: Article, language: str, words: Mapping[str, str], before: ArticleText | None, at: datetime) -> ArticleText:
    stamp = {"written_by": _US.actor_label, "written_at": at, "published_by": _US.actor_label, "published_at": at}
    number = before.number + 1 if before else 1
    return ArticleText(
        article=article, language=language, number=number, is_current=True, **stamp, **{name: words[name] for name in _WORDS}
    )


def _replace(before: ArticleText | None) -> None:
    if before is not None and before.is_current:
        ArticleText.objects.filter(pk=before.pk).update(is_current=False)
        take_down(before)


def _make_synonyms(at: datetime) -> int:
    known = set(Synonym.objects.values_list("language", "words"))
    if known:
        return 0  # since then they are kept here
    rows = [
        Synonym(language=language, words=words, written_by=_US.actor_label, written_at=at)
        for language, groups in knowledge_files.synonyms().items()
        for words in groups
    ]
    return len(Synonym.objects.bulk_create(rows))
