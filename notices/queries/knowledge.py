"""Find articles of the knowledge base by what somebody types or says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..article_words import plain
from ..models import ArticleText, Audience, Synonym
from ..stems import asking
from ..stems.keyboards import as_typed_on
from ..stems.scripts import languages_of
from . import knowledge_search

#: Longer questions are read up to here.
LONGEST = 400
#: What fits so much less than the best does not fit.
_LEAST = 0.15
_EXCERPT = 180


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One article that may answer. ``slug`` leads to ``notices:help_article``; ``language`` is that of the title and the excerpt."""

    slug: str
    title: str
    excerpt: str
    section: str
    language: str
    score: int


def find(*, words: str, language: str, audience: Audience = Audience.PUBLIC, limit: int = 5) -> list[Hit]:
    """The articles that fit best, best first; nothing typed, or nothing that fits, nothing found.

    ``words`` may be a whole question, mistyped, in another language than ``language``, which is the reader's. For colleagues
    (``Audience.STAFF``) the public articles and their own.
    """
    text = words[:LONGEST]
    readings = [(spoken, text) for spoken in languages_of(text, language)]
    readings += [(language, swapped) for swapped in as_typed_on(text, language)]
    for spoken, read in readings:
        if found := _found(read, spoken, audience, limit):
            return _shown(found, language)
    return []


def _found(text: str, language: str, audience: Audience, limit: int) -> list[tuple[int, float]]:
    wanted = asking.needs(text, _synonyms(language))
    audiences = [Audience.PUBLIC] if audience == Audience.PUBLIC else list(Audience)
    scored = knowledge_search.scores(wanted, [f"{language}:{one}" for one in audiences]) if wanted else {}
    ranked = sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    return [(key, score) for key, score in ranked if score >= _LEAST * ranked[0][1]]


def _shown(found: Sequence[tuple[int, float]], language: str) -> list[Hit]:
    """In the reader's language where the article has it."""
    texts = ArticleText.objects.select_related("article").in_bulk([key for key, _score in found])
    articles = [text.article_id for text in texts.values()]
    own = {text.article_id: text for text in ArticleText.objects.filter(article__in=articles, language=language, is_current=True)}
    return [_hit(texts[key], own.get(texts[key].article_id, texts[key]), score) for key, score in found if key in texts]


def _hit(found: ArticleText, shown: ArticleText, score: float) -> Hit:
    excerpt = plain(shown.body)
    return Hit(
        slug=found.article.slug,
        title=shown.title,
        excerpt=excerpt if len(excerpt) <= _EXCERPT else excerpt[:_EXCERPT].rsplit(" ", 1)[0] + "…",
        section=found.article.section,
        language=shown.language,
        score=round(score),
    )


def _synonyms(language: str) -> asking.Synonyms:
    return _grouped(tuple(Synonym.objects.filter(language=language).order_by("pk").values_list("words", flat=True)))


@lru_cache(maxsize=8)
def _grouped(groups: tuple[str, ...]) -> asking.Synonyms:
    return asking.synonyms(groups)
