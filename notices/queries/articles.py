"""Articles as they are read, listed and kept: by section, in the reader's language, with what is older than its source."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ..models import Article, ArticleFeedback, ArticleText, AskedQuestion, Audience, Section


@dataclass(frozen=True)
class Shelf:
    """A section with how many articles it has."""

    section: Section
    count: int


@dataclass(frozen=True)
class Reading:
    """An article in the language it is read in, which may not be the reader's; whether its source says something newer."""

    article: Article
    text: ArticleText
    is_older: bool
    is_in_other_language: bool


@dataclass(frozen=True)
class Tongue:
    """An article in one language for those who keep it: what holds, what is being written, every version, the newest first."""

    code: str
    name: str
    current: ArticleText | None
    draft: ArticleText | None
    versions: Sequence[ArticleText]
    is_source: bool
    is_older: bool


def shelves(audience: Audience) -> list[Shelf]:
    """Sections that have something to read for an audience, in their order."""
    counted = dict(
        _readable(audience).values_list("article__section").annotate(count=Count("article", distinct=True)).order_by("article__section")
    )
    return [Shelf(section, counted[section]) for section in Section if section in counted]


def titles(*, language: str, audience: Audience, section: str = "", common: bool = False) -> QuerySet[ArticleText]:
    """What there is to read, one text an article: in the reader's language, else in the one it was first written in."""
    own = _readable(audience).filter(article=OuterRef("article"), language=language)
    rows = _readable(audience).filter(Q(language=language) | (Q(language=F("article__source_language")) & ~Exists(own)))
    if section:
        rows = rows.filter(article__section=section)
    if common:
        rows = rows.filter(article__is_common=True)
    return rows.select_related("article").order_by("title", "pk")


def reading(slug: str, *, language: str, audience: Audience) -> Reading | None:
    """An article to read; None where there is none, or none for this audience."""
    found = {text.language: text for text in _readable(audience).filter(article__slug=slug).select_related("article")}
    text = found.get(language) or next((one for one in found.values() if one.language == one.article.source_language), None)
    if text is None:
        return None
    return Reading(text.article, text, _is_older(text, found.get(text.article.source_language)), text.language != language)


def withdrawn(slug: str) -> Article | None:
    """An article that could be read by everybody and was taken back."""
    return Article.objects.filter(slug=slug, audience=Audience.PUBLIC).exclude(withdrawn_at=None).first()


def tongues(article: Article) -> list[Tongue]:
    """An article in every language."""
    rows = list(article.texts.order_by("-number"))
    source = next((row for row in rows if row.language == article.source_language and row.is_current), None)
    return [_tongue(code, str(name), [row for row in rows if row.language == code], article, source) for code, name in settings.LANGUAGES]


def offered() -> QuerySet[ArticleText]:
    """Drafts that wait for a second pair of eyes, the longest waiting first."""
    return ArticleText.objects.filter(published_at=None).exclude(offered_at=None).select_related("article").order_by("offered_at", "pk")


def older_translations() -> QuerySet[ArticleText]:
    """Current translations whose source has become newer since."""
    newer = ArticleText.objects.filter(
        article=OuterRef("article"), language=OuterRef("article__source_language"), is_current=True, number__gt=OuterRef("source_number")
    )
    return ArticleText.objects.filter(Exists(newer), is_current=True).select_related("article").order_by("article__slug", "language")


def complaints_of_readers() -> QuerySet[ArticleFeedback]:
    """What did not help, and nobody looked at yet; the newest first."""
    return ArticleFeedback.objects.filter(is_useful=False, settled_at=None).select_related("article").order_by("-at", "-pk")


def open_questions() -> QuerySet[AskedQuestion]:
    """Questions that departments owe an answer, the first due first."""
    rows = AskedQuestion.objects.filter(answered_at=None, dropped_at=None)
    return rows.select_related("case", "asked_by__staff").order_by("due_at", "pk")


def settled_questions(limit: int = 20) -> QuerySet[AskedQuestion]:
    """The last ones that were settled."""
    rows = AskedQuestion.objects.exclude(answered_at=None, dropped_at=None)
    return rows.select_related("case", "article", "asked_by__staff", "answered_by__staff").order_by("-asked_at", "-pk")[:limit]


def _readable(audience: Audience) -> QuerySet[ArticleText]:
    rows = ArticleText.objects.filter(is_current=True, article__withdrawn_at=None)
    return rows if audience == Audience.STAFF else rows.filter(article__audience=Audience.PUBLIC)


def _tongue(code: str, name: str, rows: Sequence[ArticleText], article: Article, source: ArticleText | None) -> Tongue:
    current = next((row for row in rows if row.is_current), None)
    draft = next((row for row in rows if row.published_at is None), None)
    is_older = current is not None and _is_older(current, source)
    return Tongue(code, name, current, draft, rows, code == article.source_language, is_older)


def _is_older(text: ArticleText, source: ArticleText | None) -> bool:
    return source is not None and text.language != source.language and (text.source_number or 0) < source.number
