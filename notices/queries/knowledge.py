"""Find articles of the knowledge base by what somebody types or says."""

from dataclasses import dataclass

from django.db.models import Q

from ..models import ArticleText, Audience


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
    wanted = Q()
    for word in words.split():
        wanted &= Q(title__icontains=word) | Q(body__icontains=word) | Q(words__icontains=word)
    if not wanted:
        return []
    rows = ArticleText.objects.filter(wanted, language=language, is_current=True, article__withdrawn_at=None).select_related("article")
    if audience == Audience.PUBLIC:
        rows = rows.filter(article__audience=Audience.PUBLIC)
    return [
        Hit(slug=row.article.slug, title=row.title, excerpt=row.body[:200], section=row.article.section, language=row.language, score=1)
        for row in rows.order_by("article__slug")[:limit]
    ]
